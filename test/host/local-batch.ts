import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Capture } from '../../src/diagnosis/capture.ts'
import { batchScript } from '../../src/host/batch-script.ts'
import { hostPath } from '../../src/host/batch-shell.ts'
import { readFrames } from '../../src/host/frames.ts'
import type { Question } from '../../src/probes/probe.ts'

const nonce = '00112233445566778899aabbccddeeff'

/** Why a shell cannot be tested here, or null. */
export function missing(program: string): string | null {
  return existsSync(program) ? null : `${program} is not installed`
}

/** A folder of programs to put in front of PATH: names to targets of links, or to the text of a script. */
export async function programs(
  files: Readonly<Record<string, { readonly link: string } | { readonly text: string }>>,
): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gatemedic-bin-'))
  for (const [name, file] of Object.entries(files)) {
    if ('link' in file) await symlink(file.link, join(dir, name))
    else await writeFile(join(dir, name), file.text, { mode: 0o755 })
  }
  return dir
}

/** Runs a batch by a local command (argv that reads the script from stdin), without SSH. `path` is all of PATH. */
export async function runBatch(
  argv: readonly [string, ...string[]],
  questions: readonly Question[],
  options: { readonly path?: string; readonly seconds?: number; readonly text?: (script: string) => string } = {},
): Promise<readonly Capture[]> {
  const { path = hostPath, seconds = 10, text = (script) => script } = options
  const frames = readFrames(nonce, 'web-1', questions)
  const [program, ...args] = argv
  const child = spawn(program, args, { stdio: 'pipe', env: { PATH: hostPath, HOME: '/nonexistent' } })
  child.stdout.on('data', frames.stdout)
  child.stderr.on('data', frames.stderr)
  child.stdin.end(text(batchScript(questions, { nonce, seconds, path })))
  await new Promise((resolve) => child.on('close', resolve))
  return frames.finish('the shell ended')
}
