import { spawn, type ChildProcess } from 'node:child_process'
import { machineName, type HostRecord } from './host-record.ts'

const watchers = new Map<string, ChildProcess>()

// Reading ends when the owner does, in whatever way; the check of the start time keeps a later process of that number alive.
const watch = 'cat >/dev/null; [ "$(cut -d" " -f22 "/proc/$1/stat" 2>/dev/null)" = "$2" ] && kill -KILL "$1"'

/**
 * Binds a host to this process: it goes down when this process ends, also by SIGKILL, because a small shell outside of its
 * process group waits on a pipe from it. What is left then, an empty folder and control groups, the next run removes.
 */
export function ownHost(record: HostRecord): void {
  const { pid, start } = record.container.init
  const watcher = spawn('sh', ['-c', watch, 'sh', String(pid), start], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watcher.unref()
  // A pipe keeps the event loop alive like any socket; this one is open only to be closed.
  if ('unref' in watcher.stdin && typeof watcher.stdin.unref === 'function') watcher.stdin.unref()
  watchers.set(machineName(record.session, record.name), watcher)
}

/** Ends the watch over a host that is being taken down in order. */
export function dropOwned(record: HostRecord): void {
  const key = machineName(record.session, record.name)
  watchers.get(key)?.kill('SIGKILL')
  watchers.delete(key)
}
