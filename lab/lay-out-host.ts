import type { Ran } from './command.ts'
import { layOutScript } from './layout/lay-out.ts'
import type { Layout } from './layout/layout.ts'
import { until } from './until.ts'

/** Puts the files of a layout on a host that has just booted and starts its services; an Error with what systemd says when they do not start. */
export async function layOut(
  layout: Layout,
  exec: (script: string, signal?: AbortSignal) => Promise<Ran>,
  signal?: AbortSignal,
): Promise<void> {
  await until({ what: 'boot of the host', seconds: 30, ...(signal && { signal }) }, async () => {
    const booted = await exec('systemctl is-active multi-user.target')
    return booted.exitCode === 0 ? { value: true } : booted.stdout.trim()
  })
  const ran = await exec(layOutScript(layout), signal)
  if (ran.exitCode !== 0)
    throw new Error(`laying out the host ended with ${ran.exitCode}: ${ran.stderr.trim().slice(-1500)}`)
}
