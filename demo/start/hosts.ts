import { demoHosts, type DemoHost } from '../hosts/host-list.ts'
import { serveRecordedHosts } from '../hosts/serve.ts'
import type { ReachableHost } from './files.ts'
import type { HostKind } from './words.ts'

export interface DemoHosts {
  readonly list: readonly DemoHost[]
  readonly reachable: readonly ReachableHost[]
  readonly close: () => Promise<void>
}

interface OpenOptions {
  readonly folder: string
  readonly pace: number
  readonly say: (line: string) => void
}

export async function openHosts(kind: HostKind, options: OpenOptions): Promise<DemoHosts> {
  return kind === 'lab' ? openLabHosts(options.say) : openRecordedHosts(options)
}

async function openRecordedHosts({ folder, pace }: OpenOptions): Promise<DemoHosts> {
  const served = await serveRecordedHosts(demoHosts, { folder, pace })
  const reachable = served.hosts.map((host) => ({
    ...host,
    address: '127.0.0.1',
    identityFile: served.identityFile,
    act: host.user === 'root',
  }))
  return { list: demoHosts, reachable, close: served.close }
}

/** Three real hosts are what a laptop boots in a few seconds; the others wait for `npm run lab -- break`. */
async function openLabHosts(say: (line: string) => void): Promise<DemoHosts> {
  // Only here, because the lab is Debian's and root's.
  const { labHost } = await import('../../lab/host.ts')
  const list = demoHosts.slice(0, 3)
  const up: Awaited<ReturnType<typeof labHost>>[] = []
  const close = async (): Promise<void> => void (await Promise.all(up.map((host) => host.down())))
  try {
    for (const { name, fault } of list) up.push(await labHost({ name, fault, progress: say }))
  } catch (error) {
    await close()
    throw error
  }
  const reachable = up.map((host, index) => {
    const user = host.users[list[index]?.user ?? 'root']
    const { name, address, sshPort: port, hostKey } = host
    return { name, address, port, hostKey, ...user, act: user.user === 'root' }
  })
  return { list, reachable, close }
}
