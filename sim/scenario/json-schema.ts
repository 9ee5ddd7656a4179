import { z } from "zod";
import { pumpJsonSchema } from "../../config/pump-json-schema";
import { eventSchema, faultSchema } from "./event-schema";
import { EXPECT_SCHEMAS } from "./expect-schema";
import { PUMP_KEY, scenarioSchema } from "./scenario-schema";

/** The file, seen from the top of the checkout, that holds {@link scenarioJsonSchema} for editors. */
export const SCENARIO_SCHEMA_FILE = "config/schemas/scenario.schema.json";

type Json = z.core.JSONSchema.BaseSchema;

/** A schema under which every key may be left out, at any depth. */
function withoutRequired(schema: Json): Json {
  const { required: _, properties, ...rest } = schema;
  if (properties === undefined) return rest;
  const partial = Object.entries(properties).map(([key, value]) => [
    key,
    typeof value === "object" ? withoutRequired(value) : value,
  ]);
  return { ...rest, properties: Object.fromEntries(partial) as Json["properties"] };
}

function pumpKey(): Json {
  const { $schema: _, ...whole } = pumpJsonSchema();
  const overrides = withoutRequired(whole);
  const name: Json = {
    type: "string",
    minLength: 1,
    description: "A pump of scenarios/pumps by its name, or the path of a pump file, seen from the scenario's folder.",
    examples: ["reference-20ml", "../devs.config.json"],
  };
  return {
    description: PUMP_KEY,
    anyOf: [
      name,
      { ...overrides, properties: { extends: name, ...overrides.properties }, required: ["extends"] },
      whole,
    ],
  };
}

/** The schema of a part of a scenario, for use within the whole. */
function partSchema(part: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(part, { io: "input" });
  return rest;
}

/** The JSON Schema (draft 2020-12) of a scenario's text, made from the schemas that judge it. */
export function scenarioJsonSchema(): Json {
  const schema = z.toJSONSchema(scenarioSchema, { io: "input" });
  const properties = schema.properties ?? {};
  const events = properties["events"] as Json;
  const expect = properties["expect"] as Json;
  const entries = Object.values(EXPECT_SCHEMAS).map(partSchema);
  const required = new Set([...(schema.required ?? []), "pump"]);
  return {
    ...schema,
    required: Object.keys(properties).filter((key) => required.has(key)),
    properties: {
      ...properties,
      pump: pumpKey(),
      events: { ...events, items: { anyOf: [partSchema(eventSchema), partSchema(faultSchema)] } },
      expect: { ...expect, items: { anyOf: entries } },
    },
  };
}
