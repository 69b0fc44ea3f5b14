import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { visit } from '../nginx/config-scope.ts'
import { victimOf } from '../probes/kernel-lines.ts'
import type { NginxProcess } from '../probes/nginx-processes.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import { agoOf, inWords } from '../symptoms/time.ts'
import { defineRule, eventEvidence, impactOfEvent, type Knowledge, seenBy } from './knowledge.ts'

type Seen = View<Knowledge, 'events' | 'host' | 'nginx-processes', 'kernel-log' | 'nginx-binaries' | 'nginx-config'>

/** Signals that end a process against its will (signal(7)); a worker that is asked to go with TERM or QUIT exits by itself. */
const SIGNALS: ReadonlyMap<number, string> = new Map([
  [4, 'SIGILL, an instruction that this CPU does not have'],
  [5, 'SIGTRAP'],
  [6, 'SIGABRT, it gave up by itself'],
  [7, 'SIGBUS, a file it had mapped became shorter, or memory is bad'],
  [8, 'SIGFPE'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV, it touched memory that is not its own'],
  [24, 'SIGXCPU, its limit of CPU time'],
  [25, 'SIGXFSZ, its limit of file size'],
  [31, 'SIGSYS, a system call that is forbidden to it'],
])

/**
 * Cause: workers of nginx die by a signal; the master starts others, and the requests they had are lost.
 * Tell-tale: "worker process N exited on signal S" from the live master; the kernel's log says where it crashed, or that memory was short.
 * Look-alike: backend-crashed (the master speaks of its own workers only).
 */
export const nginxWorkerCrash = defineRule({
  id: 'nginx-worker-crash',
  needs: ['events', 'host', 'nginx-processes'],
  settles: ['kernel-log', 'nginx-binaries', 'nginx-config'],
  judge: (seen) => {
    const deaths = eventsOfKind(seen.events, 'worker-exited-signal').flatMap((event) => deathOf(event, seen) ?? [])
    const newest = deaths[0]
    return newest ? [claimOf(newest, deaths, seen)] : []
  },
})

interface Death {
  readonly event: Event
  readonly signal: number
  readonly master: NginxProcess
}

function deathOf(event: Event, seen: Seen): Death | null {
  const signal = Number(/exited on signal (\d+)/.exec(event.line.message)?.[1] ?? 0)
  const master = seen['nginx-processes'].masters.find(({ pid }) => event.groups.some(({ line }) => line.pid === pid))
  return master && SIGNALS.has(signal) ? { event, signal, master } : null
}

function claimOf({ event, signal, master }: Death, deaths: readonly Death[], seen: Seen): Claim {
  const count = deaths.reduce((sum, death) => sum + death.event.count, 0)
  const kernel = kernelWords(event, signal, seen)
  const replaced = replacedUnder(master, seen)
  const unit = master.unit ?? 'nginx.service'
  const modules = loadedModules(seen)
  return {
    summary: `workers of nginx die by signal ${signal} (${SIGNALS.get(signal) ?? ''}): ${count} times, last ${inWords(event.lastAgo)} ago${kernel.summary}${replaced ? `; ${replaced.path} was replaced while nginx runs` : ''}`,
    subject: { unit },
    failingNow: event.now,
    impact: { ...impactOfEvent(event, seen.host), count },
    evidence: [
      eventEvidence(event),
      ...kernel.lines.map((text) => seenBy('kernel-log', 'journalctl -k', text)),
      ...(replaced ? [seenBy('nginx-binaries', `ls -l /proc/${master.pid}/exe`, replaced.text)] : []),
      ...(modules.length > 0 ? [seenBy('nginx-config', 'nginx -T | grep load_module', modules.join('\n'))] : []),
    ],
    unlike: [ruledOut('backend-crashed', `it is the master (pid ${master.pid}) that speaks, of its own worker`)],
    explains: ['no-live-upstreams'],
    steps: [
      ...(replaced ? [`systemctl restart ${unit}   # runs the new files; a reload keeps the old program`] : []),
      ...(signal === 9
        ? kernel.lines.length > 0
          ? [
              'find what takes the memory: ps -eo rss,user,args --sort=-rss | head; systemd-cgtop -m',
              `see whether ${unit} has a limit of its own: systemctl show -p MemoryMax,MemoryHigh ${unit}`,
            ]
          : [
              "see who killed it: journalctl -k | grep -i -A3 oom; a SIGKILL that is not the kernel's comes from a person or a program (cron, a watchdog of somebody's own)",
            ]
        : [
            `see where it crashes: coredumpctl list nginx, or worker_rlimit_core and working_directory in nginx.conf`,
            ...(modules.length > 0
              ? [`leave out the modules one by one, those that are not nginx's own first: ${modules.join(' ')}`]
              : []),
          ]),
    ],
    ...(replaced && { action: { id: 'restart-nginx' as const, target: unit } }),
  }
}

/** What the kernel says about a worker that died in that minute. */
function kernelWords(
  event: Event,
  signal: number,
  seen: Seen,
): { readonly summary: string; readonly lines: readonly string[] } {
  const log = seen['kernel-log']
  if (!log.known) return { summary: '', lines: [] }
  const dead = new Set(event.groups.map(({ line }) => Number(/process (\d+) exited/.exec(line.message)?.[1] ?? 0)))
  const lines = log.value.events
    .filter(({ kind }) => (signal === 9 ? kind === 'oom-kill' : kind === 'crash'))
    .flatMap((each) => each.lines)
    .filter((text) => {
      const victim = victimOf(text)
      return victim !== null && (dead.has(victim.pid) || victim.name.startsWith('nginx'))
    })
  if (lines.length === 0)
    return { summary: signal === 9 ? '; the kernel did not do it for want of memory' : '', lines: [] }
  const module = / in (\S+\.so)/.exec(lines.at(-1) ?? '')?.[1]
  const where = signal === 9 ? '; the kernel killed it for want of memory' : module ? `; it crashes in ${module}` : ''
  return { summary: where, lines: lines.slice(-2) }
}

/** The program or a module of it is younger than the master, or gone from under it. */
function replacedUnder(master: NginxProcess, seen: Seen): { readonly path: string; readonly text: string } | null {
  const binaries = seen['nginx-binaries']
  if (!binaries.known) return null
  const { exe, files } = binaries.value
  if (exe?.endsWith(' (deleted)') === true) return { path: exe.replace(/ \(deleted\)$/, ''), text: exe }
  const ago = agoOf(master.startedAt, seen.host)
  const younger = files.find(({ ctime }) => seen.host.epoch - ctime < ago - 2)
  return younger
    ? {
        path: younger.path,
        text: `${younger.path} changed ${inWords(seen.host.epoch - younger.ctime)} ago, the master runs for ${inWords(ago)}`,
      }
    : null
}

function loadedModules(seen: Seen): readonly string[] {
  const config = seen['nginx-config']
  if (!config.known) return []
  return visit(config.value.model.main)
    .filter(({ directive }) => directive.name === 'load_module')
    .flatMap(({ directive }) => directive.args[0] ?? [])
    .slice(0, 20)
}
