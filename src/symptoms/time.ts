import { hostClock, offsetSeconds } from '../diagnosis/clock.ts'
import type { Host } from '../probes/host.ts'
import type { ConfigFile } from '../probes/nginx-config.ts'

/** A stamp of the error log, "2026/11/21 03:04:05" in the log's own local time, as seconds before the capture. `shift` as in LogFile. */
export function stampAgo(stamp: string, shift: number, host: Host): number | null {
  const ago = signedAgo(stamp, shift, host)
  return ago === null ? null : Math.max(0, ago)
}

/** Between the reading of the clock and that of the log lie the probes in between. */
const APART_SECONDS = 120

/** `shift` is a guess in steps of 15 minutes (error-log-script.ts): so far it may be off. */
const SHIFT_STEP = 900

/** Seconds by which a stamp lies in the future of the host's own clock: one of the two is wrong, or was set since. 0 where they may agree. */
export function stampAhead(stamp: string, shift: number, host: Host): number {
  const ahead = -(signedAgo(stamp, shift, host) ?? 0)
  return ahead > APART_SECONDS + (shift === 0 ? 0 : SHIFT_STEP) ? ahead : 0
}

function signedAgo(stamp: string, shift: number, host: Host): number | null {
  const match = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(stamp)
  if (!match) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const local = Date.UTC(year, month - 1, day, hour, minute, second) / 1000
  return host.epoch - (local + shift - offsetSeconds(host.timezone))
}

/** A time in seconds after boot as seconds before the host's clock was read. */
export function agoOf(uptimeSeconds: number, host: Host): number {
  return Math.max(0, host.uptime - uptimeSeconds)
}

/** Ticks of a process's start and the clock of a file system are some milliseconds coarse (proc(5), ktime_get_coarse_real_ts64). */
const COARSE_SECONDS = 0.05

/** Whether a file changed after a process began. Of whole seconds one lies between what can be told apart. */
export function isYounger(
  { ctime, fineCtime }: Pick<ConfigFile, 'ctime' | 'fineCtime'>,
  startedAt: number,
  host: Host,
): boolean {
  const began = agoOf(startedAt, host)
  return fineCtime === undefined || host.fraction === undefined
    ? host.epoch - ctime < began - 1
    : host.epoch + host.fraction - fineCtime < began - COARSE_SECONDS
}

/** The instant so many seconds before the capture, ISO in UTC. */
export function instantAgo(host: Host, ago: number): string {
  return new Date(Math.round((host.epoch - ago) * 1000)).toISOString()
}

/** "4 minutes", "2 hours": how long ago, for sentences. */
export function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}

/** The host's own clock so many seconds ago: "03:04 +01:00". */
export function clockAgo(host: Host, ago: number): string {
  return hostClock(instantAgo(host, ago), host.timezone, instantAgo(host, 0))
}

/** "since 03:04 +01:00", for a time in seconds after boot. */
export function sinceWords(uptimeSeconds: number, host: Host): string {
  return `since ${clockAgo(host, agoOf(uptimeSeconds, host))}`
}
