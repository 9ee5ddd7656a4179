import type { StepperPins } from "./board-code";
import type { Edge } from "./fake-devicescript";

/**
 * Shortest and longest time of the retriggerable one-shot on HEARTBEAT, in µs, over all of its tolerances. A 74HC123 gives K x R x C with K = 0.45
 * at 5 V and 0.55 at 2 V (Nexperia 74HC_HCT123 rev. 9, dynamic characteristics, note 2), a 74LVC1G123 about 1.0 x R x C. With 10 % for K, 10 % for a film
 * capacitor and 1 % for the resistor, 380 ms by the formula are 300 to 460 ms.
 */
export const ONE_SHOT_US = { shortest: 300000, longest: 460000 };

/** From `fromUs` to `toUs`. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/** When a one-shot of `widthUs` is on: retriggered by every rising edge, and by nothing else. */
export function oneShotOn(edges: readonly Edge[], widthUs: number): Span[] {
  const spans: Span[] = [];
  for (const { atUs, high } of edges) {
    if (!high) continue;
    const last = spans.at(-1);
    if (last !== undefined && atUs <= last.toUs) spans[spans.length - 1] = { ...last, toUs: atUs + widthUs };
    else spans.push({ fromUs: atUs, toUs: atUs + widthUs });
  }
  return spans;
}

/** When EN is on: driven low. */
export function enableOn(edges: readonly Edge[]): Span[] {
  const spans: Span[] = [];
  edges.forEach(({ atUs, high }, i) => {
    if (!high) spans.push({ fromUs: atUs, toUs: edges[i + 1]?.atUs ?? Infinity });
  });
  return spans;
}

/** When the coils have current: EN is on and the one-shot lets it through. */
export function coilsOn(
  pins: Pick<StepperPins, "enable" | "heartbeat">,
  widthUs: number = ONE_SHOT_US.shortest,
): Span[] {
  return enableOn(pins.enable.edges).flatMap((enable) =>
    oneShotOn(pins.heartbeat.edges, widthUs)
      .map(({ fromUs, toUs }) => ({ fromUs: Math.max(fromUs, enable.fromUs), toUs: Math.min(toUs, enable.toUs) }))
      .filter(({ fromUs, toUs }) => fromUs < toUs),
  );
}
