import { spawn } from 'node:child_process'
import { copyFile, cp, chmod, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodeOf } from '../exit-code.ts'
import { withFileLock } from '../file-lock.ts'
import { cacheFolder } from '../places.ts'
import type { Progress } from '../progress.ts'
import { machineMirror } from './apt-source.ts'
import { markUsed, removeOldImages } from './old-images.ts'
import type { ImageKind } from '../layout/layout.ts'
import {
  type Addition,
  additions,
  baseFolder,
  bootstrapPackages,
  customiseScript,
  packages,
  recipeHash,
  suite,
} from './recipe.ts'

/**
 * Mounts and processes of a step live in namespaces of their own and end with it: debootstrap that is broken off would leave
 * /proc mounted below the draft that is about to be removed.
 */
const apart = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'] as const

/**
 * Gives the root folder of the lab's image, building it when this recipe has none yet (about a minute, two with a slow mirror).
 * Two builders at once are serialised by a lock; a build that is broken off leaves only its `building-*` folder, which the
 * next build removes.
 */
export async function imageRoot(progress: Progress, signal?: AbortSignal, image: ImageKind = 'usual'): Promise<string> {
  const folder = cacheFolder()
  const root = join(folder, recipeHash(image))
  if (await exists(root)) return markUsed(root)
  const upon = image === 'usual' ? null : { below: await imageRoot(progress, signal), more: additions[image] }
  return withFileLock(
    join(folder, 'lock'),
    async () => {
      if (await exists(root)) return markUsed(root)
      await (upon === null ? build(root, progress, signal) : buildUpon(upon, root, progress, signal))
      return markUsed(root)
    },
    { onWait: () => progress('waiting for another build of the image'), ...(signal && { signal }) },
  )
}

async function build(root: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  const folder = cacheFolder()
  await removeOldImages(folder)
  const draft = await mkdtemp(join(folder, 'building-'))
  try {
    const mirror = machineMirror()
    progress(`building the image (once per recipe): debootstrap ${suite} from ${mirror}`)
    await step(
      [...apart, 'debootstrap', '--variant=minbase', `--include=${bootstrapPackages.join(',')}`, suite, draft, mirror],
      draft,
      signal,
    )
    progress('building the image: web server, backends and tools')
    await copyFile(customiseScript, join(draft, 'root/customise.sh'))
    await step([...apart, 'chroot', draft, '/bin/sh', '/root/customise.sh', ...packages], draft, signal)
    await rm(join(draft, 'root/customise.sh'))
    await cp(baseFolder, draft, { recursive: true })
    await chmod(draft, 0o755) // mkdtemp makes it 0700, and as the root of a host nobody but root could enter it.
    await rename(draft, root)
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    throw cause
  }
}

/** An image with more in it: a copy of the usual one, and what its script and its packages add. Half a minute. */
async function buildUpon(
  { below, more }: { readonly below: string; readonly more: Addition },
  root: string,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const draft = await mkdtemp(join(cacheFolder(), 'building-'))
  try {
    progress(`building the image with ${more.words} (once per recipe)`)
    await step(['cp', '-a', '--reflink=auto', `${below}/.`, draft], draft, signal)
    await copyFile('/etc/resolv.conf', join(draft, 'etc/resolv.conf'))
    await copyFile(more.script, join(draft, 'root/more.sh'))
    await step([...apart, 'chroot', draft, '/bin/sh', '/root/more.sh', ...more.packages], draft, signal)
    await rm(join(draft, 'root/more.sh'))
    await rename(draft, root)
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    throw cause
  }
}

/** Long output goes to a log beside the draft; it is quoted only when the step fails. */
async function step(argv: readonly string[], draft: string, signal?: AbortSignal): Promise<void> {
  const [program = '', ...rest] = argv
  // A process group of its own, so that Ctrl-C reaches debootstrap's children through the abort below and not half of them.
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: cleanEnvironment() })
  const stop = (): void => void (child.pid !== undefined && process.kill(-child.pid, 'SIGTERM'))
  signal?.addEventListener('abort', stop, { once: true })
  let said = ''
  const keep = (chunk: Buffer): void => void (said = (said + chunk.toString()).slice(-4000))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const exitCode = await exitCodeOf(child)
  signal?.removeEventListener('abort', stop)
  signal?.throwIfAborted()
  if (exitCode !== 0) throw new Error(`${program} for ${draft} ended with ${exitCode}:\n${said}`)
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const { http_proxy, https_proxy } = process.env
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C',
    ...(http_proxy !== undefined && { http_proxy }),
    ...(https_proxy !== undefined && { https_proxy }),
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
