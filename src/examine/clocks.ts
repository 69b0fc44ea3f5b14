import type { Host } from '../probes/host.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { logsAhead } from '../symptoms/ahead.ts'
import { inWords } from '../symptoms/time.ts'

/** Clocks that differ by less do not change what is told of times; the captures of a slow host are some seconds old. */
const APART_SECONDS = 300

/** "log and clock disagree: ..." for each log with lines of the future: how old they are nobody can tell. */
export function logsAgainstClock({ 'error-log': log, host }: Pick<Knowledge, 'error-log' | 'host'>): readonly string[] {
  if (!log.known || !host.known) return []
  return logsAhead(log.value, host.value).map(
    ({ group, ahead }) =>
      `log and clock disagree: ${group.log} has a line of ${group.last}, which is ${inWords(ahead)} ahead of the host's clock`,
  )
}

/** "the clock of web-1 is 2 h behind ours"; null where they agree. `ms` is what the whole look took. */
export function clockAgainstOurs(name: string, host: Host, collectedAt: Date, ms: number): string | null {
  const ahead = host.epoch - collectedAt.getTime() / 1000
  const behind = -ahead - ms / 1000
  const off = Math.max(ahead, behind)
  if (off <= APART_SECONDS) return null
  return `the clock of ${name} is ${inWords(off)} ${ahead > 0 ? 'ahead of' : 'behind'} ours, and times are told by it`
}
