import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SetupError } from './steps.mjs'

/** Full path of a program on PATH or in one of the further folders, or null. */
export function findProgram(name, folders = ['/usr/sbin', '/sbin', '/opt/homebrew/bin', '/usr/local/bin']) {
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...path, ...folders].map((folder) => join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false // absent or not ours to run: the same to the caller
  }
}

export function isRoot() {
  return process.getuid?.() === 0
}

/** The words before a command that needs root: none as root, sudo when it asks for no password, else null. */
export function rootPrefix() {
  if (isRoot()) return []
  const sudo = findProgram('sudo')
  if (sudo === null) return null
  return spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? [sudo, '-n'] : null
}

/** The ID of /etc/os-release ("debian", "ubuntu"), or the platform's name where there is none. */
export function distribution() {
  try {
    const release = readFileSync('/etc/os-release', 'utf8')
    return /^ID="?(?<id>[\w.-]+)/m.exec(release)?.groups?.id ?? process.platform
  } catch {
    return process.platform
  }
}

/** Runs a command without showing its output; when it fails, the beginning and the end of the output are the message. */
export function quietly(argv, { env = process.env, input = '' } = {}) {
  const [program = '', ...args] = argv
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.stdin.on('error', () => {}) // a program that does not read its input is no failure
    child.stdin.end(input)
    child.on('error', (cause) => reject(new SetupError(`${program} could not be started: ${cause.message}`)))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output)
      reject(
        new SetupError(
          `${argv.join(' ').slice(0, 200)}\nended with ${signal ?? `exit code ${code}`}:\n${beginningAndEnd(output)}`,
        ),
      )
    })
  })
}

function beginningAndEnd(output, lines = 12) {
  const all = output.trim().split('\n')
  return all.length <= 2 * lines ? all.join('\n') : [...all.slice(0, lines), '[...]', ...all.slice(-lines)].join('\n')
}

/**
 * Runs a command in this terminal and answers its exit code. Ctrl-C reaches the whole foreground group by itself; a signal
 * sent to this process alone is passed on, and we wait for the child in both cases, so that nothing is left behind.
 * With a leash the child gets an IPC channel whose end tells it that this process is gone, however it went.
 */
export function inForeground(argv, { env = process.env, leash = false } = {}) {
  const [program = '', ...args] = argv
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['inherit', 'inherit', 'inherit', ...(leash ? ['ipc'] : [])] })
    // A terminal sends Ctrl-C to the child as well, and a child on a leash can be told twice; a program that sends it tells only us.
    process.on('SIGINT', () => leash && child.kill('SIGINT'))
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.on('error', (cause) => reject(new SetupError(`${program} could not be started: ${cause.message}`)))
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}
