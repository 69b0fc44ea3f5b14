/** One file that a layout puts on a host. */
export interface LaidFile {
  readonly path: string
  readonly text: string
  /** Owner of the file; root when absent. */
  readonly owner?: string
  /** Instead of `text`: where a symbolic link points. */
  readonly linkTo?: string
}

export function laid(path: string, lines: readonly string[]): LaidFile {
  return { path, text: `${lines.join('\n')}\n` }
}
