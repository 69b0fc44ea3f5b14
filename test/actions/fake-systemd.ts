import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareAndActScript } from '../../src/actions/compare-and-act.ts'

/** A systemctl, nginx, id, sudo and sleep that keep their state in a folder; everything else on PATH is real. */
export interface FakeSystemd {
  /** Its folder; another process acts on the same host with `actOn`. */
  readonly root: string
  readonly set: (properties: Readonly<Record<string, string>>) => Promise<void>
  readonly get: (property: string) => Promise<string>
  /** Shell that runs when `systemctl VERB` is called; `set NAME VALUE` changes a property. */
  readonly on: (verb: string, shell: string) => Promise<void>
  readonly nginx: (shell: string) => Promise<void>
  readonly user: (uid: number, sudo: string) => Promise<void>
  readonly process: (pid: number, parent: number, start: number, title: string) => Promise<void>
  /** The main error log of a process, which is its standard error: its path. */
  readonly log: (pid: number) => Promise<string>
  readonly unlog: (pid: number) => Promise<void>
  /** Verbs that were run, in order. */
  readonly ran: () => Promise<readonly string[]>
  readonly act: (args: readonly string[]) => Promise<string>
  readonly remove: () => Promise<void>
}

export async function fakeSystemd(): Promise<FakeSystemd> {
  const root = await mkdtemp(join(tmpdir(), 'gatemedic-act-'))
  const at = (...parts: readonly string[]): string => join(root, ...parts)
  for (const folder of ['bin', 'state', 'verbs', 'proc', 'lock']) await mkdir(at(folder))

  async function program(name: string, shell: string): Promise<void> {
    await writeFile(at('bin', name), `#!/bin/sh\n${shell}\n`)
    await chmod(at('bin', name), 0o755)
  }
  await writeFile(at('ran'), '')
  await program('sleep', 'exit 0')
  await program('id', 'echo 0')
  await program('sudo', 'echo "sudo: a password is required" >&2; exit 1')
  await program('nginx', 'exit 0')
  await program('journalctl', 'exit 0')
  await program(
    'systemctl',
    `cd '${root}/state'
if [ "$1" = show ]; then [ -f "$3" ] && echo "$3=$(cat "$3")"; exit 0; fi
echo "$*" >>'${root}/ran'
set_() { printf %s "$2" >"$1"; }
if [ -f '${root}/verbs/'"$1" ]; then . '${root}/verbs/'"$1"; fi`,
  )
  return {
    root,
    set: async (properties) => {
      for (const [name, value] of Object.entries(properties)) await writeFile(at('state', name), value)
    },
    get: (property) => readFile(at('state', property), 'utf8'),
    on: (verb, shell) => writeFile(at('verbs', verb), shell),
    nginx: (shell) => program('nginx', shell),
    user: async (uid, sudo) => {
      await program('id', `echo ${uid}`)
      await program('sudo', sudo)
    },
    process: async (pid, parent, start, title) => {
      await mkdir(at('proc', `${pid}`), { recursive: true })
      const zeros = Array.from({ length: 17 }, () => '0').join(' ')
      await writeFile(at('proc', `${pid}`, 'stat'), `${pid} (nginx) S ${parent} ${zeros} ${start} 0 0\n`)
      await writeFile(at('proc', `${pid}`, 'cmdline'), `${title}\0`)
    },
    log: async (pid) => {
      await mkdir(at('proc', `${pid}`, 'fd'), { recursive: true })
      await writeFile(at('error.log'), '')
      await symlink(at('error.log'), at('proc', `${pid}`, 'fd', '2'))
      return at('error.log')
    },
    unlog: (pid) => rm(at('proc', `${pid}`, 'fd'), { recursive: true }),
    ran: async () => (await readFile(at('ran'), 'utf8')).split('\n').filter(Boolean),
    act: (args) => actOn(root, args),
    remove: () => rm(root, { recursive: true, force: true }),
  }
}

/** Runs the script of actions on the host in this folder. */
export function actOn(root: string, args: readonly string[]): Promise<string> {
  const script = compareAndActScript({
    path: `${join(root, 'bin')}:/usr/bin:/bin`,
    proc: join(root, 'proc'),
    lockDirectories: join(root, 'lock'),
  })
  return run(script, args)
}

function run(script: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-s', '--', ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.once('error', reject)
    child.once('close', () => (stderr ? reject(new Error(stderr)) : resolve(stdout)))
    child.stdin.end(script)
  })
}
