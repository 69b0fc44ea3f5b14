import type { Unit } from '../probes/unit-state.ts'
import { containerName } from '../rules/containers/behind.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { closedOnPurpose } from '../symptoms/closed-on-purpose.ts'
import { isOpen } from '../symptoms/course.ts'
import { liveFailed, troubleKindOf } from '../symptoms/kind.ts'
import { certificatesHealth } from './certificates-health.ts'
import { logsAgainstClock } from './clocks.ts'
import { lostPlaces } from './lost-places.ts'
import { unreadLogs } from './own-logs.ts'
import { refusedParts } from './refused-parts.ts'
import { unexplainedErrors } from './unexplained.ts'

/** What must have been seen before a host may be called healthy, and what of it was not. */
export interface Health {
  /** What was looked at and is well: "a master runs with 2 workers". */
  readonly well: readonly string[]
  /** What could not be seen, each with its reason. */
  readonly unseen: readonly string[]
  /** What was seen and is not well, although no rule names a cause. */
  readonly ill: readonly string[]
}

/**
 * The four conditions of "healthy": a master runs, every log in use was read, every site answers, no served certificate has expired.
 * `judgedToo`: pids of the host's masters that are judged in this diagnosis, each by its own facts.
 */
export function healthOf(known: Knowledge, now: number, judgedToo: ReadonlySet<number> = new Set()): Health {
  // Of an nginx in a container all the rest is not seen for one reason, which is said once.
  const contained = known['nginx-processes'].known && known['nginx-processes'].value.elsewhere
  const parts = contained ? [masters(known, judgedToo)] : [masters(known, judgedToo), ...ownParts(known, now)]
  return {
    well: parts.flatMap((part) => part.well ?? []),
    unseen: parts.flatMap((part) => part.unseen ?? []),
    ill: parts.flatMap((part) => part.ill ?? []),
  }
}

type Part = Partial<Health>

function ownParts(known: Knowledge, now: number): readonly Part[] {
  return [
    loading(known),
    { unseen: logsAgainstClock(known) },
    logs(known),
    accessLogs(known),
    requests(known),
    certificatesHealth(known, now),
    { ill: [...unexplainedErrors(known), ...refusedParts(known), ...lostPlaces(known)], unseen: ownLogs(known) },
  ]
}

function ownLogs({ troubles, 'backend-units': units }: Knowledge): readonly string[] {
  return troubles.known ? unreadLogs(troubles.value.filter(isOpen), units) : []
}

function masters(
  { 'nginx-processes': processes, 'nginx-build': build, containers, 'contained-nginx': contained }: Knowledge,
  judgedToo: ReadonlySet<number>,
): Part {
  if (!processes.known) return { unseen: [`whether nginx runs: ${processes.reason}`] }
  const { masters: found, workers, others: running, elsewhere, inPods } = processes.value
  const others = running.filter(({ pid }) => !judgedToo.has(pid))
  const unjudged = others.map(({ pid, unit }) =>
    inPods.includes(pid) ? inPod(pid) : `another nginx (pid ${pid}${unit ? `, ${unit}` : ''}): it was not judged`,
  )
  if (elsewhere && found.some(({ pid }) => inPods.includes(pid))) return { unseen: [inPod(found[0]?.pid), ...unjudged] }
  if (elsewhere) {
    const where = whichContainer(found[0]?.pid, containers, contained)
    return {
      ill: containedTroubles(contained, where),
      unseen: [`an nginx in ${where} (pid ${found[0]?.pid ?? ''}): ${howFar(contained)}`, ...unjudged],
    }
  }
  if (found.length === 0 && !build.known) return { ill: [`nginx does not run, and ${build.reason}`] }
  if (found.length === 0) return { ill: ['no nginx master runs'] }
  if (workers.length === 0) return { unseen: ['a master runs, but none of its workers was seen'] }
  return {
    unseen: unjudged,
    well: [
      `nginx runs: ${found.length === 1 ? 'one master' : `${found.length} masters`}, ${workers.length} worker${workers.length === 1 ? '' : 's'}`,
    ],
  }
}

function inPod(pid: number | undefined): string {
  return `an nginx in a Kubernetes pod (pid ${pid ?? ''}): ingress controllers are out of scope, ask its cluster`
}

/** By its id, or the first process of the container, which an nginx in one usually is. */
function whichContainer(
  pid: number | undefined,
  containers: Knowledge['containers'],
  contained: Knowledge['contained-nginx'],
): string {
  const id = contained.known ? contained.value?.container : null
  const all = containers.known ? containers.value.containers : []
  const own = all.find((each) => id?.startsWith(each.id)) ?? all.find(({ inside }) => inside?.pid === pid)
  return own ? containerName(own) : 'a container or with files of its own'
}

function howFar(contained: Knowledge['contained-nginx']): string {
  if (!contained.known) return `diagnose it from inside (${contained.reason})`
  if (contained.value === null) return 'diagnose it from inside'
  const log = contained.value.recent === null ? 'its log was not found' : 'its log and files were read'
  return `${log}, and whether it is well can be told from inside only`
}

/** What its log says of the last ten minutes, where root may look. */
function containedTroubles(contained: Knowledge['contained-nginx'], where: string): readonly string[] {
  const recent = (contained.known ? contained.value?.recent : null) ?? []
  const failing = recent.filter(
    ({ line }) => troubleKindOf(line) !== null || line.level === 'emerg' || line.level === 'alert',
  )
  const texts = failing.map(({ line }) =>
    [line.message, line.errno === null ? '' : ` (${line.errno})`, line.phase === null ? '' : ` while ${line.phase}`]
      .join('')
      .slice(0, 200),
  )
  return [...new Set(texts)].slice(0, 3).map((text) => {
    const count = texts.filter((each) => each === text).length
    return `in ${where}: ${text}, ${count} time${count === 1 ? '' : 's'} in the last ten minutes`
  })
}

/** A configuration that does not load waits, unless somebody asked for it and was refused; that must have been seen. */
function loading({ starting, 'nginx-unit': units, host, 'nginx-processes': processes }: Knowledge): Part {
  if (!starting.known || !starting.value.runs) return {}
  const own = processes.known ? processes.value.masters[0]?.unit : null
  const down =
    units.known && own?.endsWith('.service') ? units.value.units.filter((unit) => unit.id !== own && isToRun(unit)) : []
  if (!units.known && processes.known && own?.endsWith('.service') !== true && host.known && host.value.systemd)
    return { unseen: [`whether a unit of nginx waits to be started beside the one that runs: ${units.reason}`] }
  const unseen = down.map((unit) => `${unit.id}: it is to run (${unit.fileState}) and is ${unit.active}`)
  if (starting.value.test !== 'failed') return { unseen }
  if (!units.known && host.known && !host.value.systemd) return { unseen }
  const reason = !host.known ? host.reason : units.known ? null : units.reason
  return {
    unseen: reason === null ? unseen : [...unseen, `whether nginx refused to load the configuration: ${reason}`],
  }
}

function isToRun(unit: Unit): boolean {
  return unit.fileState === 'enabled' && (unit.active === 'failed' || unit.active === 'inactive')
}

function logs({ 'error-log': log, 'nginx-config': config, 'nginx-paths': paths, host }: Knowledge): Part {
  if (!log.known) return { unseen: [`the error log: ${log.reason}`] }
  // Without the host's clock nobody can tell which of its lines are of this moment.
  if (!host.known) return { unseen: [`how old the lines of the error log are: ${host.reason}`] }
  const targets = config.known ? config.value.model.errorLogs.map((each) => each.target) : []
  const unreachable = targets
    .filter((target) => target.kind === 'memory' || target.kind === 'variable')
    .map((target) => `an error log that goes to ${target.kind === 'memory' ? 'memory' : target.text}`)
  const named = new Set(targets.flatMap((target) => (target.kind === 'file' ? [target.path] : [])))
  const read = log.value.files.filter((file) => file.state === 'read' || file.state === 'partial')
  const missed = log.value.files.filter(
    (file) => file.state === 'unreadable' || (file.state === 'missing' && (named.has(file.path) || read.length === 0)),
  )
  const unasked = [...named]
    .filter((path) => path !== '/dev/null' && !log.value.files.some((file) => file.path === path))
    .map((path) => `the error log ${path} was not found by the probe`)
  return {
    well: read.map((file) => `${file.path} was read`),
    unseen: [
      ...missed.map((file) => file.reason),
      ...unreachable,
      ...unasked,
      ...(log.value.cut ? ['the end of what was read of the error log: the answer was cut'] : []),
      // A full disk keeps the lines out that would tell of trouble.
      ...(paths.known ? [] : [`whether there is room for nginx to write its logs: ${paths.reason}`]),
    ],
  }
}

/** What the application answers leaves its mark there alone. A host that keeps none, by its configuration, is not held to it. */
function accessLogs({ 'access-log': access, 'nginx-config': config }: Knowledge): Part {
  const kept = config.known && config.value.model.accessLogs.some(({ target }) => target.kind === 'file')
  if (!kept) return {}
  if (!access.known) return { unseen: [`how requests were answered: ${access.reason}`] }
  const closed = access.value.logs.filter(({ state }) => state === 'unreadable')
  return {
    unseen: [
      ...closed.map(({ path }) => `${path} may not be read (add the user to group adm)`),
      ...access.value.logs
        .filter(({ forgeable = 0 }) => forgeable > 0)
        .map(
          ({ path }) =>
            `whether an application answered 502 or 504: visitors can write whole lines of ${path} (escape=none), so its own count for nothing`,
        ),
      ...(access.value.cut ? ['the end of what was read of the access logs: the answer was cut'] : []),
    ],
  }
}

function requests({ 'live-requests': live, 'nginx-config': config, 'nginx-processes': processes }: Knowledge): Part {
  if (processes.known && processes.value.masters.length === 0) return {}
  if (!config.known) return { unseen: [`which sites there are: ${config.reason}`] }
  if (!live.known) return { unseen: [`a request through nginx: ${live.reason}`] }
  const through = live.value.answers.filter((answer) => answer.way === 'nginx')
  if (through.length === 0) return { unseen: ['a request through nginx: no site with a plain listener and name'] }
  const closed = through.filter((answer) => closedOnPurpose(answer, config.value.model) !== null)
  const failed = through.filter((answer) => liveFailed(answer) && !closed.includes(answer))
  const erring = through.filter((answer) => !failed.includes(answer) && (answer.status ?? 0) >= 500)
  const good = through.filter((answer) => ![...failed, ...erring, ...closed].includes(answer))
  return {
    well: [
      ...good.map((answer) => `${answer.host}${answer.path} answers ${answer.status ?? ''}`),
      ...closed.map(
        (answer) =>
          `${answer.host}${answer.path} is closed on purpose (${closedOnPurpose(answer, config.value.model) ?? ''})`,
      ),
    ],
    unseen: [
      ...live.value.unanswered.map(
        (place) => `a request through nginx to ${place}: it had not ended when the time was over`,
      ),
      ...(live.value.cut ? ['the end of what the live requests were answered: it did not arrive'] : []),
    ],
    ill: [
      ...failed.map(
        (answer) => `${answer.host}${answer.path} is answered ${answer.status ?? 'with nothing'} by nginx itself`,
      ),
      ...erring.map((answer) => `${answer.host}${answer.path} is answered ${answer.status ?? ''}`),
    ],
  }
}
