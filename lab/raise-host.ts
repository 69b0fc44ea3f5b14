import { attach, type LabHost } from './host-handle.ts'
import { layOut } from './lay-out-host.ts'
import { ownHost } from './owned-hosts.ts'
import type { Progress } from './progress.ts'
import { untilReady } from './ready.ts'
import { startHost, type StartRequest } from './start-host.ts'

/** Boots one host, makes it what its layout says and waits until it serves; when that fails nothing of it stays. */
export async function raised(request: StartRequest & { readonly progress: Progress }): Promise<LabHost> {
  const { name, layout, keep, progress, signal } = request
  progress(`booting ${name}`)
  const record = await startHost(request)
  if (!keep) ownHost(record)
  const host = await attach(record)
  try {
    await layOut(layout, host.exec, signal)
    await untilReady(host.address, layout, host.exec, signal)
  } catch (cause) {
    await host.down()
    throw cause
  }
  return host
}
