/** What `--engine` may say. */
export const ENGINE_CHOICES = ["native", "bytecode", "both"] as const;

/** One of {@link ENGINE_CHOICES}. */
export type EngineChoice = (typeof ENGINE_CHOICES)[number];
