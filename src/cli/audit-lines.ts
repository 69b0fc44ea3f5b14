import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** What is shown of a line; older lines may lack fields that newer ones have. */
const shape = z.looseObject({
  at: z.string(),
  step: z.string(),
  host: z.string().optional(),
  subject: z.looseObject({ host: z.string(), action: z.string(), target: z.string() }).nullish(),
  action: z.string().optional(),
  target: z.string().optional(),
  proposal: z.string().optional(),
  by: z.union([z.string(), z.array(z.string())]).nullish(),
  because: z.string().optional(),
  result: z.string().optional(),
  exitCode: z.number().nullish(),
  outcome: z.string().optional(),
  detail: z.string().optional(),
  what: z.string().optional(),
})

export interface FileLine {
  readonly file: string
  /** As it stands in the file. */
  readonly text: string
  readonly line: Readonly<z.infer<typeof shape>>
}

/** All lines of these files in order of their time. What is no line of the record is left to `audit verify`. */
export async function auditLines(files: readonly string[]): Promise<readonly FileLine[]> {
  const each = await Promise.all(files.map(async (file) => linesOf(file, await readFile(file, 'utf8'))))
  return each.flat().toSorted((a, b) => (a.line.at < b.line.at ? -1 : a.line.at > b.line.at ? 1 : 0))
}

function linesOf(file: string, content: string): readonly FileLine[] {
  return content.split('\n').flatMap((text) => {
    const line = read(text)
    return line === null ? [] : [{ file, text, line }]
  })
}

function read(text: string): FileLine['line'] | null {
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    return null
  }
}
