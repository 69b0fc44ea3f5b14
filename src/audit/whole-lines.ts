import { readFile, truncate, writeFile } from 'node:fs/promises'

/** What a crash left half written, and where it was put. */
export interface Aside {
  readonly file: string
  readonly bytes: number
}

/** The file's text up to its last whole line. A half one is put into a file of its own beside it. */
export async function wholeLines(
  file: string,
  now: Date,
): Promise<{ readonly text: string; readonly aside: Aside | null }> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  })
  const end = text.lastIndexOf('\n') + 1
  if (end === text.length) return { text, aside: null }
  const aside = `${file}.half-line-${now.getTime()}`
  await writeFile(aside, text.slice(end), { mode: 0o600, flush: true })
  await truncate(file, Buffer.byteLength(text.slice(0, end)))
  return { text: text.slice(0, end), aside: { file: aside, bytes: Buffer.byteLength(text.slice(end)) } }
}
