import type { BackendKind } from './kinds.ts'

/** Where nginx's files stand. `sites` is how Debian ships it, `links` with sites-available behind it. */
export const fileStyles = ['sites', 'links', 'conf.d', 'nested', 'single'] as const
export type FileStyle = (typeof fileStyles)[number]

/** `default`: one error log of the host. `per-site`: each server its own below /var/log/nginx. `elsewhere`: in a folder of their own. */
export type LogStyle = 'default' | 'per-site' | 'elsewhere'

/** What the host was installed with: the usual packages, or podman and docker beside them. */
export const images = ['usual', 'containers', 'busybox'] as const
export type ImageKind = (typeof images)[number]

/** A vhost with a healthy backend of its own that no fault touches. */
export interface Neighbour {
  readonly site: string
  readonly unit: string
  readonly port: number
}

/** Names, ports and files of one host: what a fault script sees as variables and a diagnosis must find out. */
export interface Layout {
  readonly seed: number | null
  /** Absent: the usual one. */
  readonly image?: ImageKind
  readonly kind: BackendKind
  /** Names of the server blocks. */
  readonly shopSite: string
  readonly blogSite: string
  readonly wwwSite: string
  /** Location of the shop's backend: `/`, `/api/`. */
  readonly shopPath: string
  /** Folder, user and unit of the application share this word. */
  readonly application: string
  readonly title: string
  readonly user: string
  readonly folder: string
  readonly unit: string
  /** null over a unix socket. */
  readonly port: number | null
  /** What nginx connects to: `127.0.0.1:8080` or `unix:/run/x/x.sock`. */
  readonly address: string
  /** What the backend listens on; the same on one host, `0.0.0.0:8080` for a backend on a machine of its own. */
  readonly bind: string
  /** One host for all, or the two halves of a pair: nginx with the sites, and the shop's backend. */
  readonly role: 'whole' | 'front' | 'back'
  /** null where the pass directive has the address itself. */
  readonly upstream: string | null
  /** Ports nobody uses, near the shop's. */
  readonly sparePorts: readonly [number, number]
  readonly blogSocket: string
  readonly blogPool: string
  readonly files: FileStyle
  readonly logs: LogStyle
  readonly indent: string
  readonly dualListen: boolean
  readonly neighbours: readonly Neighbour[]
}
