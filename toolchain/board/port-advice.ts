/** What to type where a serial port may not be used; on Linux, where that happens. */
export const PORT_PERMISSION = "sudo usermod -aG dialout $USER, then log in again (on Arch the group is uucp)";

/** What to do on a Linux where DeviceScript cannot list serial ports. */
export const UDEVADM_WANTED =
  "DeviceScript lists serial ports with udevadm, which is not installed: sudo apt install udev";
