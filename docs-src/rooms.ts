import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rooms } from '../test/architecture/rooms.ts'
import { code, table } from './markdown.ts'

const begin = '<!-- rooms -->'
const end = '<!-- /rooms -->'

/** ARCHITECTURE.md with the table of imports as the test holds it; all else is written by hand. */
export function architecturePage(): string {
  const text = readFileSync(fileURLToPath(new URL('../ARCHITECTURE.md', import.meta.url)), 'utf8')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`ARCHITECTURE.md lacks ${begin} ... ${end}`)
  return `${text.slice(0, from + begin.length)}\n\n${roomsTable()}\n\n${text.slice(to)}`
}

function roomsTable(): string {
  return table(
    ['room', 'may import', 'types only', 'because'],
    Object.entries(rooms).map(([room, { may, types, because }]) => [code(room), list(may), list(types), because]),
  )
}

function list(names: readonly string[] = []): string {
  return names.length === 0 ? '–' : names.join(', ')
}
