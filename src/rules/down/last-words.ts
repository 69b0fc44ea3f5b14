import type { Host } from '../../probes/host.ts'
import type { Unit } from '../../probes/unit-state.ts'
import { tellingOf } from '../../probes/unit-telling.ts'
import { shortened } from '../answered-by.ts'

const LAST_SECONDS = 10

/** What the application itself said when it ended: "ModuleNotFoundError: No module named 'orjson'". */
export function lastWords(unit: Unit, { epoch, uptime }: Host): string | null {
  // Of one that was started once more, systemd no longer knows how it ended.
  const at = unit.exitedAt ?? unit.startedAt
  if (at === null || (unit.exitedAt !== null && unit.exitKind !== 'exited')) return null
  const ended = epoch - (uptime - at)
  const said = tellingOf(unit.telling, 'exception', 'address-in-use', 'disk-full', 'read-only')
  const line = said.find(
    (each) => each.from === 'unit' && each.at !== null && Math.abs(each.at - ended) <= LAST_SECONDS,
  )
  return line ? shortened(line.newest) : null
}
