import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { Host } from '../probes/host.ts'
import type { Change } from '../probes/recent-changes.ts'
import { isUp } from '../probes/unit-state.ts'
import { agoOf, clockAgo } from '../symptoms/time.ts'
import { seenBy } from './knowledge.ts'
import type { TiedUnit } from './tied-units.ts'

/** A pool's file that changed after its php-fpm last read it. */
export interface UnreadPool {
  readonly unit: string
  readonly file: string
  /** Seconds before the capture. */
  readonly ago: number
  readonly evidence: readonly Evidence[]
}

interface Seen {
  readonly host: Host
  readonly 'recent-changes': Fact<{ readonly changes: readonly Change[] }>
}

/** Of two times in whole seconds one second lies between what can be told apart. */
const COARSE_SECONDS = 1

/**
 * php-fpm reads its pools at its start and at a reload, both of which systemd stamps as a change of state; only for units that a reload
 * has read them all again, new sockets included (SIGUSR2, php-fpm(8)).
 */
export function unreadPool({ unit, tie }: TiedUnit, { host, 'recent-changes': changes }: Seen): UnreadPool | null {
  const file = /^(\/\S+): /.exec(tie.text)?.[1]
  if (tie.kind !== 'pool' || file === undefined || !changes.known) return null
  if (!isUp(unit) || !unit.canReload || unit.changedAt === null) return null
  const change = changes.value.changes.find(({ kind, what }) => kind === 'unit-file' && what === file)
  if (!change) return null
  const ago = Math.max(0, host.epoch - change.at)
  const read = agoOf(unit.changedAt, host)
  if (ago >= read - COARSE_SECONDS) return null
  return {
    unit: unit.id,
    file,
    ago,
    evidence: [
      seenBy('recent-changes', `stat -c %z ${file}`, `${file} changed at ${clockAgo(host, ago)}`),
      seenBy('backend-units', `systemctl show ${unit.id}`, `${unit.id} read its files last at ${clockAgo(host, read)}`),
    ],
  }
}

/** Settings with a mistake end php-fpm at a reload, sockets and all: they are tested first. */
export function reloadSteps({ unit }: UnreadPool): readonly string[] {
  const program = /^(php[\d.]*-fpm)\.service$/.exec(unit)?.[1]?.replace(/^php([\d.]+)-fpm$/, 'php-fpm$1') ?? 'php-fpm'
  return [`${program} -t && systemctl reload ${unit}`]
}
