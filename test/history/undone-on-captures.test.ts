import { applyPatch } from 'diff'
import { expect, it } from 'vitest'
import { digestOfSnapshot } from '../../src/examine/digest.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { undoneChange } from '../../src/history/undone-change.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { diagnosisKept } from '../../src/jobs/remembered.ts'
import { requestFor } from '../support/bench-of-queues.ts'
import { captureFolders } from '../support/captures.ts'
import { day } from './remembering.ts'

const wanted = [
  'rules/backend-wrong-port/fires-backend-wrong-port',
  'rules/timeout-too-low/fires-timeout-too-low',
  'rules/websocket-headers-missing/fires-websocket-headers-missing',
]
const folders = captureFolders().filter(({ name }) => wanted.includes(name))

it('is tried on captures that are there', () => {
  expect(folders.map(({ name }) => name).toSorted()).toEqual(wanted)
})

it.each(folders)(
  'the change that $name asks for is known again in a real host when it is made and when it is gone',
  async ({ folder }) => {
    const broken = await readSnapshot(folder)
    const diagnosis = replaySnapshot(broken)
    const diff = diagnosis.findings[0]?.fix.diff ?? ''
    const keptAt = (at: string) => diagnosisKept(requestFor(broken.host, 'thread'), diagnosis, new Date(at))
    const healthy = { ...digestOfSnapshot(mended(broken, diff)), collectedAt: day(2) }
    const untouched = { ...digestOfSnapshot(broken), collectedAt: day(2) }

    expect(undoneChange(keptAt(day(9)), [keptAt(day(1))], healthy, null)).toMatchObject({ askedAt: day(1) })
    expect(undoneChange(keptAt(day(9)), [keptAt(day(1))], untouched, null)).toBeNull()
  },
)

/** The same host with the diff applied to its configuration, as `nginx -T` prints it. */
function mended(snapshot: Snapshot, diff: string): Snapshot {
  const path = /^--- a(?<path>\S+)/m.exec(diff)?.groups?.['path'] ?? ''
  const captures = snapshot.captures.map((recorded) => {
    if (recorded.capture.probe !== 'nginx-config') return recorded
    const stdout = recorded.capture.stdout
      .split(/^(?=# configuration file )/m)
      .map((part) => (part.startsWith(`# configuration file ${path}:`) ? patched(part, diff) : part))
      .join('')
    return { ...recorded, capture: { ...recorded.capture, stdout } }
  })
  return { ...snapshot, captures }
}

function patched(part: string, diff: string): string {
  const [head = '', ...lines] = part.split('\n')
  const text = applyPatch(lines.join('\n'), diff, { fuzzFactor: 3 })
  if (text === false) throw new Error(`the diff does not fit:\n${diff}`)
  return `${head}\n${text}`
}
