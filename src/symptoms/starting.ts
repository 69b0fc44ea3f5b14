import { type ErrorLine, parseErrorLine } from '../nginx/error-line.ts'
import type { Facts } from '../probes/index.ts'
import { agoOf, stampAgo } from './time.ts'

/** One reason that nginx gave for not starting, or for not loading a configuration: an [emerg] (or [crit] of a start) of its own, outside of any request. */
export interface Refusal {
  /** test: `nginx -T` just now; log: the error log; journal: the unit's own journal. */
  readonly from: 'test' | 'log' | 'journal'
  readonly line: ErrorLine
  readonly text: string
  /** Seconds before the capture: 0 for the test; null for a journal line without a stamp that could be read. */
  readonly ago: number | null
}

/** Whether nginx runs, and what it says about its last start or reload. */
export interface Starting {
  readonly runs: boolean
  /** Seconds since the oldest live worker began; null when none runs. */
  readonly loadedAgo: number | null
  /** The test of the configuration as it is on disk now: passed, failed, or not known. */
  readonly test: 'passed' | 'failed' | 'unknown'
  /** Those that still hold: of the test, and of a start or reload later than what runs now. Newest first; the test's before all. */
  readonly refusals: readonly Refusal[]
}

/** Why nginx does not start, or did not take over what is on disk. Pure. */
export function startingOf(facts: Facts): Starting {
  const { 'nginx-processes': processes, 'nginx-config': config, host } = facts
  const runs = processes.known && processes.value.masters.length > 0
  const oldest = processes.known ? processes.value.oldestWorker : null
  const loadedAgo = oldest !== null && host.known ? agoOf(oldest.startedAt, host.value) : null
  const test = config.known ? config.value.test : null
  const refusals = [...fromTest(facts), ...fromLog(facts), ...fromJournal(facts)].filter(
    // Stamps are whole seconds, and a worker is older than the entry of a reload that failed after it.
    ({ ago, from }) => from === 'test' || loadedAgo === null || (ago !== null && ago <= loadedAgo + 1),
  )
  return {
    runs,
    loadedAgo,
    test: test === null ? 'unknown' : test.kind,
    refusals: refusals.toSorted((a, b) => (a.ago ?? Infinity) - (b.ago ?? Infinity)),
  }
}

function fromTest(facts: Facts): Refusal[] {
  const config = facts['nginx-config']
  if (!config.known || config.value.test.kind !== 'failed') return []
  return config.value.test.errors.flatMap((text): Refusal[] => {
    const line = parseErrorLine(text)
    return line && isRefusal(line) ? [{ from: 'test', line, text, ago: 0 }] : []
  })
}

function fromLog(facts: Facts): Refusal[] {
  const { 'error-log': log, host } = facts
  if (!log.known || !host.known) return []
  const { files, groups } = log.value
  const at = host.value
  return groups.flatMap((group): Refusal[] => {
    if (!isRefusal(group.line) || !group.line.headTrusted) return []
    const shift = files.find((file) => file.path === group.log)?.shift ?? 0
    return [{ from: 'log', line: group.line, text: group.text, ago: stampAgo(group.last, shift, at) }]
  })
}

/** "2026-11-21T03:00:01+0100 web-1 nginx[412]: nginx: [emerg] bind() to ...", or with nginx's own stamp in place of its name. */
const JOURNAL =
  /^(?<day>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?<hours>[+-]\d\d):?(?<minutes>\d\d) \S+ [\w.-]{1,60}(?:\[\d+\])?: (?=(?:\w{1,20}: )?(?:[\d/]{10} [\d:]{8} )?\[(?:emerg|crit|alert|error)\])/

function fromJournal(facts: Facts): Refusal[] {
  const { 'nginx-unit': units, 'nginx-processes': processes, host } = facts
  if (!units.known || !host.known) return []
  const { epoch } = host.value
  const others = new Set(processes.known ? processes.value.others.map((other) => other.unit) : [])
  const judged = units.value.units.filter((unit) => !others.has(unit.id))
  return judged.flatMap((unit) =>
    unit.journal.flatMap((entry): Refusal[] => {
      const found = JOURNAL.exec(entry)
      const text = entry.slice(found?.[0].length ?? 0)
      const line = found ? parseErrorLine(text) : null
      const { day = '', hours = '', minutes = '' } = found?.groups ?? {}
      const when = Date.parse(`${day}${hours}:${minutes}`)
      const ago = Number.isNaN(when) ? null : Math.max(0, epoch - when / 1000)
      return line && isRefusal(line) ? [{ from: 'journal', line, text, ago }] : []
    }),
  )
}

/** Said outside of a connection: nobody but nginx itself speaks there. `nginx -s` that finds no pid file reached nobody either, at level error. */
function isRefusal(line: ErrorLine): boolean {
  if (line.client !== null || line.connection !== null) return false
  const unreached = line.level === 'error' && /^open\(\) "[^"]{1,300}\.pid" failed/.test(line.message)
  return line.level === 'emerg' || line.level === 'crit' || unreached
}
