const REASONS: Partial<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "there is no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder; a file is wanted",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "the name is too long for a file",
  ENOSPC: "no space left",
  EROFS: "the disk is read-only",
};

/** The reason why a file or folder cannot be used, in words. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? `it cannot be used (${code === "" ? String(error) : code})`;
}

/** The reason why a folder cannot be made, in words: of what `makeFolder` throws. */
export function folderProblem(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENOENT") return "the system lets no folder be made there";
  if (code === "ENOTDIR") return "a file stands where a folder is wanted";
  return fileProblem(error);
}
