/** A cell that cannot be read. The message says what would be right. */
export class CellError extends Error {}
