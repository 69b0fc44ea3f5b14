import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { run } from '../lab/command.ts'
import { exitCodeOf } from '../lab/exit-code.ts'
import type { LabHost } from '../lab/host-handle.ts'
import { sshArguments } from '../lab/ssh.ts'
import { until } from '../lab/until.ts'
import { batchCommand } from '../src/host/batch-script.ts'

/** `ssh host 'sh -s' < script` with OpenSSH; throws when the script did not come back whole. */
export async function runBySsh(host: LabHost, script: string, options: readonly string[] = []): Promise<void> {
  const argv = ['ssh', ...options, ...(await sshArguments(host.record, 'root', [batchCommand]))]
  const ran = await run(argv, { input: script })
  if (ran.exitCode !== 0) throw new Error(`ssh ended with ${ran.exitCode}: ${ran.stderr.slice(-300)}`)
}

/** A ControlMaster connection that later calls share; `options` are for those calls. */
export async function openMaster(host: LabHost, socket: string) {
  const options = ['-o', `ControlPath=${socket}`]
  const argv = ['-M', '-N', ...options, ...(await sshArguments(host.record, 'root', []))]
  const master = spawn('ssh', argv, { stdio: 'ignore' })
  const ended = exitCodeOf(master)
  const close = async (): Promise<void> => {
    master.kill()
    await ended
  }
  try {
    await until({ what: 'a ControlMaster connection', seconds: 10 }, async () =>
      existsSync(socket) ? { value: true } : 'no socket yet',
    )
  } catch (error) {
    await close()
    throw error
  }
  return { options: ['-o', 'ControlMaster=no', ...options], close }
}
