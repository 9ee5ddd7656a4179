import type { Delivery } from "./history";
import type { TimeColumns } from "./time-columns";

/** Volumes by half columns of the picture, in nL. */
export interface VolumeShares {
  readonly totalNl: readonly number[];
  /** The part of it that boluses added to the basal. */
  readonly bolusNl: readonly number[];
}

/** Halves of a column: the cumulative curve has two dots to a character. */
export const SHARES_PER_COLUMN = 2;

/** Deals each delivery out over the half columns in which it lies; the sum stays. */
export function shareOut(deliveries: readonly Delivery[], columns: TimeColumns): VolumeShares {
  const shares = columns.count * SHARES_PER_COLUMN;
  const shareMs = columns.columnMs / SHARES_PER_COLUMN;
  const totalNl = new Array<number>(shares).fill(0);
  const bolusNl = new Array<number>(shares).fill(0);
  const add = (share: number, delivery: Delivery, part: number): void => {
    totalNl[share] = (totalNl[share] ?? 0) + delivery.volumeNl * part;
    bolusNl[share] = (bolusNl[share] ?? 0) + delivery.bolusNl * part;
  };
  for (const delivery of deliveries) {
    const { fromMs, toMs } = delivery;
    const last = Math.min(shares - 1, Math.floor(toMs / shareMs));
    if (fromMs === toMs) {
      add(last, delivery, 1);
      continue;
    }
    for (let share = Math.floor(fromMs / shareMs); share <= last; share++) {
      const withinMs = Math.min(toMs, (share + 1) * shareMs) - Math.max(fromMs, share * shareMs);
      add(share, delivery, withinMs / (toMs - fromMs));
    }
  }
  return { totalNl, bolusNl };
}
