import { z } from "zod";
import { pumpSchema } from "./pump-file";

/** The file, seen from the top of the checkout, that holds {@link pumpJsonSchema} for editors. */
export const PUMP_SCHEMA_FILE = "config/schemas/pump.schema.json";

/** The JSON Schema (draft 2020-12) of a pump file's text, made from the schema that judges it. */
export function pumpJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(pumpSchema, { io: "input" });
}
