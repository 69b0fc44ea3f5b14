export interface ConfigDump {
  /** Text of each file by path. */
  readonly files: ReadonlyMap<string, string>
  /** Paths as nginx printed them; the first is the main file. */
  readonly order: readonly string[]
}

const MARK = /^# configuration file (?<path>\S.*):$/

/**
 * Takes the output of `nginx -T` apart. nginx prints each file once, "# configuration file PATH:" before it and an empty line
 * behind it (src/core/nginx.c). What stands before the first mark is nginx -t's talk. A mark that names a file seen already is
 * a comment in a file, not a mark: nginx never prints a file twice.
 */
export function splitDump(text: string): ConfigDump {
  const files = new Map<string, string>()
  let path: string | null = null
  let start = 0
  let at = 0
  while (at <= text.length) {
    const end = text.indexOf('\n', at)
    const stop = end === -1 ? text.length : end
    const next = text.startsWith('# configuration file ', at) ? pathOf(text.slice(at, stop)) : null
    if (next !== null && !files.has(next) && next !== path) {
      if (path !== null) files.set(path, withoutItsEnd(text.slice(start, at)))
      path = next
      start = stop + 1
    }
    at = stop + 1
  }
  if (path !== null) files.set(path, withoutItsEnd(text.slice(start)))
  return { files, order: [...files.keys()] }
}

/** Without the empty line that is nginx's: a diff that takes it for a line of the file does not apply near the end. */
function withoutItsEnd(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

function pathOf(line: string): string | null {
  return MARK.exec(line.replace(/\r$/, ''))?.groups?.['path'] ?? null
}
