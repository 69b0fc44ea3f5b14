import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { linuxErrno } from '../nginx/errno.ts'
import type { ProcessLimit } from '../probes/process-limits.ts'
import type { Event } from '../symptoms/events.ts'
import { lineText } from './config-line.ts'
import { defineRule, eventEvidence, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'
import { loadedSince } from './notice-course.ts'
import { isOwnEntry } from './own-entry.ts'
import { limitEvidence, unitsWithoutDescriptors, WANTED } from './unit-descriptors.ts'
import { descriptorSetting, moreDescriptors } from './worker-limits.ts'

type Seen = View<
  Knowledge,
  'place' | 'host' | 'troubles' | 'nginx-config',
  'events' | 'nginx-processes' | 'process-limits' | 'backend-units' | 'error-log' | 'sockets'
>

/** EMFILE: this process has as many as it may; ENFILE: the whole host has. */
const EMFILE = 24
const ENFILE = 23

/** What systemd gives a service as soft limit when nobody says otherwise (DefaultLimitNOFILE): a ceiling below it was set by somebody. */
const ENOUGH = 1024

/**
 * Cause: nginx, or the backend, has as many files and sockets open as it may.
 * Tell-tale: (24) in nginx's log, signed by a worker that runs, or "Too many open files" in the backend's own log; the limit of the process.
 * Look-alike: worker-connections (nginx counts connections by itself and says so in other words).
 */
export const fdLimit = defineRule({
  id: 'fd-limit',
  needs: ['place', 'host', 'troubles', 'nginx-config'],
  settles: ['events', 'nginx-processes', 'process-limits', 'backend-units', 'error-log', 'sockets'],
  atBackend: true,
  judge: (seen) => [...ownClaims(seen), ...unitsWithoutDescriptors(seen)],
})

function ownClaims(seen: Seen): Claim[] {
  const { events, 'nginx-processes': processes } = seen
  if (seen.place.of !== 'nginx' || !events.known || !processes.known) return []
  const found = events.value.filter((event) => [EMFILE, ENFILE].includes(linuxErrno(event.line.errno) ?? 0))
  const newest = found.toSorted((a, b) => a.lastAgo - b.lastAgo)[0]
  if (!newest) return []
  const host = found.every((event) => linuxErrno(event.line.errno) === ENFILE)
  const sure = found.some((event) => isOwnEntry(event, processes.value))
  const worker = processes.value.workers.map(({ pid }) => limitOf(pid, seen)).find((each) => each !== null) ?? null
  const setting = descriptorSetting(seen['nginx-config'])
  const master = processes.value.masters[0]
  const unit = master?.unit ?? null
  // nginx may give its workers what its unit gives it, and no more where it lacks CAP_SYS_RESOURCE (setrlimit(2)).
  const ceiling = (master && limitOf(master.pid, seen)?.hard) ?? Infinity
  const bounded = ceiling < Math.max(ENOUGH, 4 * (worker?.soft ?? 0))
  const wanted = Math.min(WANTED, ceiling)
  const diff = host || bounded ? null : moreDescriptors(seen['nginx-config'], wanted)
  const most = worker && Number.isFinite(worker.soft) ? String(worker.soft) : setting?.written ? setting.value : null
  return [
    {
      summary: host
        ? `this host has as many files open as its kernel allows (fs.file-max): nginx cannot open another`
        : `nginx has no file descriptor left: each worker may have ${most ?? 'only so many'} open files and sockets`,
      subject: {
        ...(unit !== null && { unit }),
        ...(setting?.written && { file: setting.file, line: setting.line }),
      },
      failingNow: found.some((event) => event.now && !loadedSince(event, seen.host, processes.value)),
      impact: impactOfEvent({ ...newest, ...together(found) }, seen.host),
      evidence: [
        eventEvidence(newest),
        ...(setting?.written
          ? [seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], setting.file, setting.line))]
          : []),
        ...(worker ? [limitEvidence(worker)] : []),
      ],
      unlike: [
        connectionsAlike(events.value),
        ...(sure
          ? []
          : [notJudged('fd-limit', 'no live worker signed these lines, so they could be text of a client')]),
      ],
      ...(!sure && { atMost: 'possible' as const }),
      explains: ['app-error', 'no-live-upstreams'],
      steps: host
        ? [
            'sysctl fs.file-nr   # open, free, most',
            'find who holds them: for p in /proc/[0-9]*; do echo "$(ls $p/fd | wc -l) $p"; done | sort -rn | head',
          ]
        : [
            ...(bounded
              ? [
                  `systemctl edit ${unit ?? 'nginx.service'}   # [Service] LimitNOFILE=${WANTED}: what bounds it to ${ceiling} now`,
                  `nginx -t && systemctl restart ${unit ?? 'nginx.service'}   # a reload keeps the limit`,
                ]
              : [
                  `let workers have more: worker_rlimit_nofile ${wanted} in nginx.conf (or LimitNOFILE=${WANTED} in ${unit ?? 'the unit of nginx'}, which takes a restart)`,
                  'nginx -t && systemctl reload nginx',
                ]),
            'a worker needs two for each proxied request, and one for each file it serves, cache file and log',
          ],
      ...(diff !== null && { diff }),
    },
  ]
}

function together(found: readonly Event[]): Pick<Event, 'count' | 'recent' | 'firstAgo' | 'sites'> {
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    recent: found.reduce((sum, { recent }) => sum + recent, 0),
    firstAgo: Math.max(...found.map(({ firstAgo }) => firstAgo)),
    sites: [...new Set(found.flatMap(({ sites }) => sites))],
  }
}

function limitOf(pid: number, seen: Seen): ProcessLimit | null {
  const limits = seen['process-limits']
  return limits.known ? (limits.value.find((each) => each.pid === pid) ?? null) : null
}

function connectionsAlike(events: readonly Event[]): LookAlike {
  return events.some((event) => event.kind === 'worker-connections' && event.now)
    ? notJudged('worker-connections', 'worker_connections ran out as well')
    : ruledOut('worker-connections', 'the kernel refused the descriptor (24), nginx did not count')
}
