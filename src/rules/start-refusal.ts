import type { CauseId } from '../diagnosis/cause.ts'
import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Claim, View } from '../diagnosis/rule.ts'
import { causesOf } from '../nginx/line-causes.ts'
import type { NginxUnit } from '../probes/nginx-unit.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { instantAgo } from '../symptoms/time.ts'
import { type Knowledge, seenBy } from './knowledge.ts'

/** What a rule about a start must ask for to use this file. */
export type StartSeen = View<Knowledge, 'host' | 'starting' | 'nginx-processes', 'nginx-config' | 'nginx-unit'>

/** Attempts of one start: nginx tries to bind five times, half a second apart (ngx_open_listening_sockets). */
const SAME_ATTEMPT_SECONDS = 10

/**
 * What nginx refused last, and that nobody has seen mended since: the first complaint of `nginx -t` when it fails now, else those of the newest
 * start or reload. nginx stops at the first mistake of a configuration, so there is one; of addresses it names all.
 */
export function refusalsNow(seen: StartSeen): readonly Refusal[] {
  const { test, refusals } = seen.starting
  if (test === 'failed') {
    const tested = refusals.filter(({ from, line }) => from === 'test' && line.level === 'emerg')
    return isAboutAddress(tested[0]) ? tested : tested.slice(0, 1)
  }
  const said = refusals.filter(({ from, line, ago }) => from !== 'test' && line.level === 'emerg' && ago !== null)
  const newest = said[0]?.ago ?? 0
  return said.filter(({ ago }) => (ago ?? Infinity) <= newest + SAME_ATTEMPT_SECONDS)
}

/** Of those, the ones that mean this cause before any other. */
export function refusalsFor(cause: CauseId, seen: StartSeen): readonly Refusal[] {
  return refusalsNow(seen).filter(({ line }) => causesOf(line)[0] === cause)
}

function isAboutAddress(refusal: Refusal | undefined): boolean {
  return refusal !== undefined && /^(?:bind|socket)\(\) /.test(refusal.line.message)
}

/**
 * Nothing of the configuration was touched since it was said (stamps of the journal are whole seconds): it would be said again. The test says what holds now by itself; one
 * that root passed heals nothing of a unit that starts nginx as somebody else.
 */
export function stillStands(refusal: Refusal, seen: StartSeen): boolean {
  if (refusal.from === 'test') return true
  const config = seen['nginx-config']
  const { ago } = refusal
  if (!config.known || ago === null || config.value.stats.length === 0) return false
  if (config.value.test.kind === 'passed' && !startsAsOther(seen)) return false
  return config.value.stats.every((stat) => seen.host.epoch - stat.ctime >= ago)
}

/** The unit gives nginx another user, fewer rights, or a view of the files of its own: what root can do here says little about it. */
export function startsAsOther(seen: StartSeen): boolean {
  const name = nginxUnitName(seen)
  const unit = seen['nginx-unit'].known ? seen['nginx-unit'].value.units.find((each) => each.id === name) : undefined
  if (unit?.active !== 'failed') return false
  const ordinary = unit.account !== null && unit.account !== '' && unit.account !== 'root'
  // No file that nginx starts with lies in a temporary folder, and what is bound there is there for more.
  const apart = unit.sandbox?.filter((setting) => !/^(?:PrivateTmp|Bind)/.test(setting)) ?? []
  return ordinary || apart.length > 0
}

/** The command of nginx's unit names this file, by -g or -c, and the configuration need not. */
export function isOnCommandLine(path: string, seen: StartSeen): boolean {
  return judgedUnits(seen).some(({ execStart }) => execStart.split(/[\s;'"]+/).includes(path))
}

/** down: it does not run; refused: it runs with what it had, and would not take over what is on disk; waiting: nobody has asked it to yet. */
export type Standing = 'down' | 'refused' | 'waiting'

export function standingOf(seen: StartSeen): Standing {
  if (!seen.starting.runs) return 'down'
  return askedToLoad(seen) ? 'refused' : 'waiting'
}

/** The master itself said no (nginx -t logs under a pid of its own), or the unit's reload did. */
function askedToLoad(seen: StartSeen): boolean {
  const masters = new Set(seen['nginx-processes'].masters.map((master) => master.pid))
  return seen.starting.refusals.some(
    ({ from, line }) => from === 'journal' || (from === 'log' && line.pid !== null && masters.has(line.pid)),
  )
}

const consequence = {
  down: 'nginx is down and cannot start with it',
  refused: 'nginx refused to load it and serves the configuration from before',
  waiting: 'nginx still serves the configuration from before; the next reload or restart would fail',
} as const

/** What a claim about a start or reload has in common: whether it hurts, since when, and what follows for the sites. */
export function startClaim(
  seen: StartSeen,
  refusal: Refusal | undefined,
): Pick<Claim, 'kind' | 'failingNow' | 'impact' | 'since'> & { readonly consequence: string } {
  const standing = standingOf(seen)
  const ago = refusal && refusal.from !== 'test' ? refusal.ago : null
  return {
    ...(standing === 'waiting' && { kind: 'latent' as const }),
    ...(ago !== null && { since: instantAgo(seen.host, ago) }),
    failingNow: standing !== 'waiting',
    impact: null,
    consequence: consequence[standing],
  }
}

/** Where nginx said it, and whether it runs. */
export function startEvidence(seen: StartSeen, refusals: readonly Refusal[]): readonly Evidence[] {
  const [master] = seen['nginx-processes'].masters
  return [
    ...refusals.slice(0, 3).map((refusal) => refusalEvidence(refusal, seen)),
    seenBy('nginx-processes', 'ps -C nginx', master ? `master ${master.pid} runs` : 'no nginx process'),
  ]
}

function refusalEvidence({ from, text }: Refusal, seen: StartSeen): Evidence {
  if (from === 'test') return seenBy('nginx-config', 'nginx -t', text)
  if (from === 'journal') return seenBy('nginx-unit', `journalctl -u ${nginxUnitName(seen)}`, text)
  return seenBy('error-log', 'tail of the error log', text)
}

/** The last steps of every fix here: test, then start or reload what is there. */
export function loadSteps(seen: StartSeen): readonly string[] {
  return ['nginx -t', `systemctl ${seen.starting.runs ? 'reload' : 'start'} ${nginxUnitName(seen)}`]
}

/** The unit of the master that runs, else the one that is installed. */
export function nginxUnitName(seen: StartSeen): string {
  return seen['nginx-processes'].masters[0]?.unit ?? judgedUnits(seen)[0]?.id ?? 'nginx.service'
}

/** Units of nginx but those of other masters, which are not judged. */
export function judgedUnits(seen: StartSeen): readonly NginxUnit[] {
  const units = seen['nginx-unit'].known ? seen['nginx-unit'].value.units : []
  const others = seen['nginx-processes'].others
  return units.filter((unit) => !others.some((other) => other.unit === unit.id))
}

/** Nobody asked for it since boot: disabled, never started, and not by a failed start either. An nginx left over beside another web server. */
export function isLeftOver(unit: NginxUnit | undefined): boolean {
  return unit?.fileState === 'disabled' && unit.active === 'inactive' && unit.startedAt === null
}
