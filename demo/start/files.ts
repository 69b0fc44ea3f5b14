import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'

/** A host that Gatemedic can reach, recorded or real. */
export interface ReachableHost {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly user: string
  readonly hostKey: string
  readonly identityFile: string
  /** Recorded hosts of read-only users offer no action. */
  readonly act: boolean
}

export interface RoleFiles {
  /** gatemedic.yml of the role, for GATEMEDIC_CONFIG. */
  readonly config: string
}

export interface DemoFiles {
  readonly bot: RoleFiles
  readonly worker: RoleFiles
}

export interface FilesRequest {
  readonly folder: string
  readonly hosts: readonly ReachableHost[]
  readonly approvers: readonly string[]
  readonly alertChannel: string
  /** Whose messages there are alerts. */
  readonly alertBots: readonly string[]
  /** Kept when the demo ends; the rest of the folder is not. */
  readonly auditDir: string
  /** Kept like it. */
  readonly keysDir: string
}

const sites = ['shop.example.com', 'blog.example.com']

/** Writes what bot and worker read, each into a folder of its own: only the worker's inventory names a key. */
export function writeFiles({
  folder,
  hosts,
  approvers,
  alertChannel,
  alertBots,
  auditDir,
  keysDir,
}: FilesRequest): DemoFiles {
  const write = (role: 'bot' | 'worker'): RoleFiles => {
    const own = join(folder, role)
    mkdirSync(own, { recursive: true, mode: 0o700 })
    const entries = hosts.map((host) => [host.name, entry(host, role === 'worker')])
    writeFileSync(join(own, 'hosts.yml'), stringify({ hosts: Object.fromEntries(entries) }, { lineWidth: 0 }))
    const config = join(own, 'gatemedic.yml')
    writeFileSync(
      config,
      stringify({
        inventory: 'hosts.yml',
        approvers,
        channels: { default: alertChannel },
        alerts: { slack: [{ channel: alertChannel, bots: alertBots }] },
        auditDir,
        keysDir,
      }),
    )
    return { config }
  }
  return { bot: write('bot'), worker: write('worker') }
}

function entry(host: ReachableHost, withKey: boolean): object {
  const { address, port, user, hostKey, identityFile } = host
  const key = withKey && { identityFile }
  const act = { user: 'root', ...key, units: ['checkout-api.service', 'php8.2-fpm.service'], nginx: true }
  return {
    address,
    port,
    user,
    hostKey,
    // One site name belongs to one host, so that asking for a site finds it: web-1 is the one that everybody talks about.
    ...(host.name === 'web-1' && { sites }),
    groups: ['demo'],
    labels: { env: 'demo' },
    ...key,
    // The bot says in /nginx hosts what may be started there; that takes no key.
    ...(host.act && { act }),
  }
}
