/** The inventory cannot be used. The message is one line that names file, line and key. */
export class InventoryError extends Error {
  readonly file: string
  /** 1-based; null when the file as a whole is meant. */
  readonly line: number | null
  /** "hosts.web-1.port", or "" for the file as a whole. */
  readonly key: string

  constructor(file: string, line: number | null, key: string, why: string) {
    super(`${file}${line === null ? '' : `:${line}`}: ${key === '' ? '' : `${key} `}${why}`)
    this.name = 'InventoryError'
    this.file = file
    this.line = line
    this.key = key
  }
}
