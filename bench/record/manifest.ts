import { z } from "zod";

/** Names of the files of a recording's folder. */
export const RECORDING_FILES = { raw: "balance.csv", manifest: "manifest.json", pumpLog: "pump.ndjson" } as const;

const text = z.string().min(1).max(500).nullable();
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const bolus = z.strictObject({
  /** Since the recording began, in ms. */
  atMs: count,
  volumeNl: z.int().min(1),
  overMs: z.int().min(1),
});

/** One bolus that the simulated pump gives. */
export type PlannedBolus = z.infer<typeof bolus>;

/**
 * What a recording was made with and how far it has come: `manifest.json` in its folder, format 1. What nobody told is null. Keys that a later
 * version added are not refused.
 */
export const manifestSchema = z.object({
  format: z.literal(1),
  /** Wall time of elapsed 0, ISO 8601 in UTC; null with the virtual clock, whose time belongs to no day. */
  started: z.iso.datetime().nullable(),
  /** `virtual`: simulated, time passed only when a reading was asked for. */
  clock: z.enum(["monotonic", "virtual"]),
  /** What the pump was set to; null: not told. */
  rateMlPerH: z.number().positive().nullable(),
  /** The same as the person wrote it. */
  rate: text,
  /** From one reading to the next. */
  intervalMs: z.int().min(1),
  durationMs: z.int().min(1),
  operator: text,
  pump: z.object({
    serial: text,
    model: text,
    firmware: text,
    /** By which its log's strokes become revolutions; null or absent: not known. */
    strokesPerRevolution: z.number().positive().nullable().optional(),
  }),
  /** The infusion set, with its lot. */
  set: text,
  balance: z.object({
    protocol: z.string().min(1),
    /** As the balance itself said it: model, serial number. */
    identity: text,
    /** Where it was found, as `serial:/dev/ttyUSB0`. */
    address: z.string().min(1),
    /** Data sheet by name (bench/simulated/bench-profile), for a simulated balance. */
    profile: text,
    /** What a line without a unit is in, as the person told it; null or absent: nobody did. */
    unit: z.literal("g").nullable().optional(),
    /** Null where it is on no serial port. */
    serial: z
      .strictObject({
        baud: z.int().min(1),
        dataBits: z.union([z.literal(7), z.literal(8)]),
        parity: z.enum(["none", "even", "odd"]),
        stopBits: z.union([z.literal(1), z.literal(2)]),
        handshake: z.enum(["none", "xonxoff", "rtscts"]),
      })
      .nullable(),
  }),
  liquid: text,
  temperatureC: z.number().nullable(),
  pressureHpa: z.number().positive().nullable(),
  humidityPercent: z.number().min(0).max(100).nullable(),
  note: text,
  /** Null for a real balance. `pump`: the pump file, or the name of the pump, that was simulated. */
  simulated: z
    .object({
      seed: count,
      profile: z.string().min(1),
      pump: z.string().min(1),
      /** True volume of a revolution, in µL, when it was told; null: the configured one, a little wrong by the seed. */
      revolutionUl: z.number().positive().nullable().default(null),
      boluses: z.array(bolus),
    })
    .nullable(),
  raw: z.object({
    file: z.string().min(1),
    rows: count,
    bytes: count,
    /** Of the whole file; null until the recording is complete. */
    sha256: sha256.nullable(),
    /** Of the first {@link bytes} bytes, for those who go on with it. */
    soFarSha256: sha256,
  }),
  /** The pump's own event log; its `atMs` is elapsed time in ms plus `offsetMs`. Null: there is none. */
  pumpLog: z
    .object({
      file: z.string().min(1),
      offsetMs: z.int(),
      /** Of the whole file; null until the recording is complete, absent in older ones. */
      sha256: sha256.nullable().optional(),
    })
    .nullable(),
  /** How often it was broken off and taken up again. */
  resumed: count,
  complete: z.boolean(),
});

/** A recording's manifest. @see manifestSchema */
export type Manifest = z.infer<typeof manifestSchema>;

/** Reads the text of a `manifest.json`. Throws an `Error` with one line that says which key is wrong. */
export function readManifest(json: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error("it is no JSON; a manifest is written by `minim bench record`", { cause: error });
  }
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = issue?.path.join(".") ?? "";
  throw new Error(`${key === "" ? "it" : key}: ${issue?.message ?? "not a manifest of format 1"}`);
}

/** The text of a `manifest.json`. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
