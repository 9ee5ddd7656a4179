/** `2026-11-22 16:05 UTC+01:00`: by the clock and in the time zone of this computer. */
export function localMinute(date: Date): string {
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
  return `${day} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())} ${zoneText(-date.getTimezoneOffset())}`;
}

function zoneText(aheadMinutes: number): string {
  if (aheadMinutes === 0) return "UTC";
  const size = Math.abs(aheadMinutes);
  return `UTC${aheadMinutes < 0 ? "\u2212" : "+"}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
