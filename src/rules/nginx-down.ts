import type { Confidence } from '../diagnosis/diagnosis.ts'
import type { Claim, LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { View } from '../diagnosis/rule.ts'
import { listenClashes } from '../nginx/listen-clash.ts'
import { isRunning, type Unit } from '../probes/unit-state.ts'
import { agoOf, instantAgo, sinceWords } from '../symptoms/time.ts'
import { defineRule, type Knowledge, seenBy } from './knowledge.ts'
import { holderText, type HolderSeen, takenAddresses } from './port-holder.ts'
import { isMended } from './start-mended.ts'
import { isLeftOver, judgedUnits, refusalsNow } from './start-refusal.ts'
import type { StartFiles } from './start-file.ts'

type Seen = HolderSeen & View<Knowledge, never, 'nginx-build'> & { readonly 'start-files': StartFiles }

/**
 * Cause: nginx is stopped and would start cleanly.
 * Tell-tale: no master process, the unit inactive or failed, nginx -t passes, its ports are free, and what its last start complained of is
 * not there any more.
 * Look-alikes: every other reason why it would not start; where one of them still holds, nothing is claimed here.
 */
export const nginxDown = defineRule({
  id: 'nginx-down',
  needs: ['host', 'starting', 'nginx-processes'],
  settles: ['nginx-unit', 'nginx-config', 'sockets', 'unix-sockets', 'backend-units', 'nginx-build', 'start-files'],
  judge: (seen) => (seen.starting.runs ? [] : judgeStopped(seen)),
})

function judgeStopped(seen: Seen): Claim[] {
  const config = seen['nginx-config']
  const installed = seen['nginx-build'].known || config.known
  if (!installed || seen.starting.test === 'failed') return []
  const unit = judgedUnits(seen)[0]
  if (unit && isRunning(unit) && unit.mainPid > 0) return []
  // Its test passes over an address that it has itself just bound, its start does not.
  if (config.known && listenClashes(config.value.model).length > 0) return []
  if (takenAddresses(seen).length > 0 || refusalsNow(seen).some((refusal) => !isMended(refusal, seen))) return []
  return [claimOf(unit, seen)]
}

function claimOf(unit: Unit | undefined, seen: Seen): Claim {
  const since = unit?.changedAt != null ? ` ${sinceWords(unit.changedAt, seen.host)}` : ''
  const masked = unit?.load === 'masked'
  const unexplained = isUnexplained(unit, seen)
  const limited = unit && reachedRuntimeLimit(unit)
  return {
    summary: `nginx is stopped${since}${unit ? `: ${unit.id} is ${unit.active}` : ''}${limited ? `; systemd ended it, because it had run for as long as RuntimeMaxSec= allows` : ''}${unexplained ? `; its start failed (${unit?.result ?? ''}) for a reason that nginx itself does not tell` : ''}`,
    ...(unit?.changedAt != null && { since: instantAgo(seen.host, agoOf(unit.changedAt, seen.host)) }),
    subject: unit ? { unit: unit.id } : {},
    failingNow: true,
    impact: null,
    evidence: [
      seenBy('nginx-processes', 'ps -C nginx', 'no nginx process'),
      ...(unit
        ? [
            seenBy(
              'nginx-unit',
              `systemctl show ${unit.id}`,
              `ActiveState=${unit.active} SubState=${unit.sub} Result=${unit.result} UnitFileState=${unit.fileState}`,
            ),
          ]
        : []),
      ...(unit && unit.journal.length > 0
        ? [seenBy('nginx-unit', `journalctl -u ${unit.id}`, unit.journal.slice(-5).join('\n'))]
        : []),
      ...(seen.starting.test === 'passed' ? [seenBy('nginx-config', 'nginx -t', 'test is successful')] : []),
    ],
    unlike: [...testAlikes(seen), portAlike(seen), privilegeAlike(unit, seen)],
    atMost: mostSure(unit, seen),
    steps: [
      ...(masked ? [`systemctl unmask ${unit.id}   # somebody masked it: ask first`] : []),
      ...(unexplained && unit
        ? [
            `journalctl -n 50 -u ${unit.id}   # what failed at its start`,
            `systemctl cat ${unit.id}   # its ExecStartPre=, and whether PIDFile= is the pid of nginx.conf`,
          ]
        : ['nginx -t', `systemctl start ${unit?.id ?? 'nginx'}`]),
      ...(limited ? [`systemctl cat ${unit.id}   # a RuntimeMaxSec= that stays there ends it again`] : []),
    ],
    ...(unit &&
      !masked &&
      !unexplained &&
      !isLeftOver(judgedUnits(seen)[0]) && { action: { id: 'start-nginx' as const, target: unit.id } }),
  }
}

/**
 * That it would start is a statement about things that may not have been seen. A unit that was stopped, or killed, is down for that alone; one
 * whose start failed is down for a reason, and as long as its test, its ports or its own words are not known that reason may hold still.
 */
function mostSure(unit: Unit | undefined, seen: Seen): Confidence {
  const systemd = seen['nginx-unit'].known || !seen.host.systemd
  const startFailed = didNotStart(unit)
  if (isUnexplained(unit, seen)) return 'possible'
  if (!systemd || !portsSeen(seen) || isLeftOver(judgedUnits(seen)[0])) return 'possible'
  if (seen.starting.test === 'passed') return unit ? 'confirmed' : 'likely'
  return startFailed || !unit ? 'possible' : 'likely'
}

function didNotStart(unit: Unit | undefined): boolean {
  return (
    unit?.active === 'failed' &&
    (unit.result === 'exit-code' || unit.result === 'protocol' || unit.result === 'timeout') &&
    !hadStarted(unit)
  )
}

/**
 * Its last start came to an end, and what failed came after it. Of a service that is started as soon as its process is there (Type=simple, exec)
 * these words say nothing.
 */
function hadStarted(unit: Unit): boolean {
  if (reachedRuntimeLimit(unit)) return true
  const waitsForIt = unit.type === 'forking' || unit.type.startsWith('notify')
  const last = unit.journal.findLast((line) => / systemd\[1\]: Start(?:ing|ed) /.test(line))
  return waitsForIt && last?.includes(' systemd[1]: Started ') === true
}

/** systemd says it of one that was started, and ended by RuntimeMaxSec= (service_dispatch_timer in systemd's src/core/service.c). */
function reachedRuntimeLimit({ id, journal }: Unit): boolean {
  const last = journal.findLast((line) => /: Service reached runtime time limit| systemd\[1\]: Starting /.test(line))
  return last?.includes(` systemd[1]: ${id}: Service reached runtime time limit`) === true
}

/**
 * Its start failed and nginx itself complained of nothing: another command of the unit did (ExecStartPre=), or systemd waited in vain for the
 * pid file that the unit names. What passes `nginx -t` mends neither.
 */
function isUnexplained(unit: Unit | undefined, seen: Seen): boolean {
  return didNotStart(unit) && refusalsNow(seen).length === 0
}

function portsSeen(seen: Seen): boolean {
  return seen.sockets.known && seen['nginx-config'].known
}

/** One test says no to all of these. */
function testAlikes(seen: Seen): readonly LookAlike[] {
  const config = seen['nginx-config']
  const reason = !config.known
    ? config.reason
    : config.value.test.kind === 'unknown'
      ? config.value.test.reason
      : 'nginx -t fails'
  return (
    [
      'config-invalid',
      'cert-missing',
      'cert-key-mismatch',
      'module-incompatible',
      'pid-path-missing',
      'dns-failure',
    ] as const
  ).map((cause) => (seen.starting.test === 'passed' ? ruledOut(cause, 'nginx -t passes') : notJudged(cause, reason)))
}

function portAlike(seen: Seen): LookAlike {
  if (!portsSeen(seen)) return notJudged('port-in-use', 'who listens on its ports is not known')
  const [taken] = takenAddresses(seen)
  return taken
    ? notJudged('port-in-use', `${holderText(taken)} holds ${taken.address}`)
    : ruledOut('port-in-use', 'its ports are free')
}

/** nginx -t as root binds every address for a moment; a unit that starts as somebody else may not have the same rights. */
function privilegeAlike(unit: Unit | undefined, seen: Seen): LookAlike {
  const account = seen['nginx-unit'].known
    ? seen['nginx-unit'].value.units.find((each) => each.id === unit?.id)?.account
    : null
  if (account != null && account !== '' && account !== 'root')
    return notJudged('bind-privilege', `${unit?.id ?? 'its unit'} starts it as ${account}, which was not tried`)
  return seen.starting.test === 'passed'
    ? ruledOut('bind-privilege', 'nginx -t could bind its addresses')
    : notJudged('bind-privilege', 'whether it may bind its addresses was not tried')
}
