import { parsed, unusable } from '../diagnosis/fact.ts'
import { readContainers } from './containers-read.ts'
import { containersScript } from './containers-script.ts'
import { sections } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface Engine {
  readonly name: 'podman' | 'docker'
  /** read: it listed its containers. absent: not installed. idle: it does not run. */
  readonly state: 'read' | 'absent' | 'idle' | 'unknown'
  readonly reason: string
}

/** A port of the host that is carried to one of the container. */
export interface PublishedPort {
  /** Empty: every address. */
  readonly host: string
  readonly port: number
  readonly to: number
}

export interface Inside {
  readonly pid: number
  /** Seconds after boot. */
  readonly startedAt: number
  /** It has no network of its own (--network host). */
  readonly sameNetwork: boolean
  readonly addresses: readonly string[]
  readonly listeners: readonly { readonly address: string; readonly port: number }[]
}

export interface Container {
  readonly id: string
  readonly engine: Engine['name'] | null
  readonly name: string | null
  readonly image: string | null
  readonly state: 'running' | 'exited' | 'restarting' | 'created' | 'paused' | 'unknown'
  /** "Exited (1) 5 minutes ago", in the engine's own words. */
  readonly status: string
  readonly exitCode: number | null
  readonly oomKilled: boolean | null
  /** Unix seconds. */
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly restarts: number | null
  /** The unit that podman's label names. */
  readonly unit: string | null
  readonly published: readonly PublishedPort[]
  /** Folders of the host that it sees under a path of its own; null where that was not asked. */
  readonly mounts: readonly { readonly source: string; readonly at: string }[] | null
  /** null where no process of it was seen. */
  readonly inside: Inside | null
}

export interface Containers {
  readonly engines: readonly Engine[]
  readonly containers: readonly Container[]
  /** Processes that hold a published port on the host, and the container that it belongs to. */
  readonly holders: readonly { readonly pid: number; readonly container: string }[]
}

/**
 * Containers of podman and docker: what each engine lists, what its own network holds, and who keeps its ports on the host. As a user
 * without sudo only the second and third: no names, nothing of those that do not run. docker lists no ports of a container that is down.
 *
 * Sample (Debian 12, podman 4.3.1, docker 20.10.24; ids cut):
 *     @engine podman read
 *     0b2a27dd...|checkout|localhost/shop/checkout:1.4|Up 2 minutes ago|Up 2 minutes ago|127.0.0.1:8088->8000/tcp
 *     @engine docker read
 *     cb7490b5...|api|shop/api:2.0|exited|Exited (0) 5 seconds ago|
 *     @inspect docker
 *     cb7490b5...|exited|0|false|2026-11-21T17:08:14.886113662Z|2026-11-21T17:10:05.342958402Z|0||127.0.0.1:8089->8000/tcp
 *     @mounts docker
 *     cb7490b5...|/srv/shop>/var/www/html
 *     @inside 0b2a27dd... 613 own 5612.3
 *     listens 00000000:1F40
 *     address 10.88.0.4
 *     @holders
 *     conmon 603 0b2a27dd... checkout
 *     proxy 794 127.0.0.1 8089 172.17.0.2 8000
 *     @end
 */
export const containers = defineProbe({
  id: 'containers',
  command: 'podman ps -a; docker ps -a; /proc/PID/net of containers',
  seconds: 5,
  cap: 131_072,
  script: containersScript,
  parse(capture) {
    if (capture.truncated || !/^@end$/m.test(capture.stdout))
      return unusable('containers could not be listed completely')
    return parsed<Containers>(
      readContainers(sections(capture.stdout, ['engine', 'inspect', 'mounts', 'inside', 'holders', 'end'])),
    )
  },
})
