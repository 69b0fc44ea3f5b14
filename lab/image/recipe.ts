import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ImageKind } from '../layout/layout.ts'

/** bookworm on every machine, so that a fault looks the same everywhere; debootstrap of Debian 12 and 13 both know it. */
export const suite = 'bookworm'

/** What debootstrap itself brings: enough for an init and a package manager. */
export const bootstrapPackages = ['systemd', 'systemd-sysv', 'dbus', 'iproute2', 'procps'] as const

/** What apt brings afterwards: the web stack, its backends, and the tools a diagnosis or a fault needs. */
export const packages = [
  'openssh-server',
  'nginx',
  'php8.2-fpm',
  'python3',
  'gunicorn',
  'uwsgi-core',
  'uwsgi-plugin-python3',
  'nodejs',
  'apache2',
  'libapache2-mod-wsgi-py3',
  'nghttp2-server',
  'redis-server',
  'socat',
  'libnginx-mod-stream',
  'libnginx-mod-http-lua',
  'libnginx-mod-http-js',
  'sudo',
  'curl',
  'openssl',
  'iptables',
  'nftables',
  'ufw',
  'conntrack',
  'iputils-ping',
  'bind9-dnsutils',
  'util-linux',
  'patch',
] as const

const here = fileURLToPath(new URL('.', import.meta.url))

/** The folder laid over the new root; sites, units and applications come with the layout of each host. */
export const baseFolder = join(here, '..', 'base')

/** The script that finishes the root from inside. */
export const customiseScript = join(here, 'customise.sh')

/** What an image upon the usual one has beside. */
export interface Addition {
  readonly packages: readonly string[]
  /** Runs inside the new root, by chroot, with the packages as arguments. */
  readonly script: string
  /** For a line of progress: "building the image with ..." */
  readonly words: string
}

export const additions: Readonly<Record<Exclude<ImageKind, 'usual'>, Addition>> = {
  containers: {
    // Two engines, each as Debian ships it.
    packages: [
      'podman',
      'runc',
      'netavark',
      'aardvark-dns',
      'golang-github-containers-common',
      'slirp4netns',
      'docker.io',
    ],
    script: join(here, 'containers.sh'),
    words: 'podman and docker',
  },
  // The tools of small systems (Alpine, OpenWrt), which faults put in the place of the GNU ones.
  busybox: { packages: ['busybox'], script: join(here, 'busybox.sh'), words: 'BusyBox' },
}

/** Bump when the builder itself changes in a way that the files below do not show. */
const builderRevision = 1

/**
 * Names an image by everything that shapes it: package lists, the script, and every file of the base folder.
 * The same recipe gives the same 12 hexadecimal digits on every machine.
 */
export function recipeHash(image: ImageKind = 'usual'): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([builderRevision, suite, bootstrapPackages, packages]))
  hash.update(readFileSync(customiseScript))
  for (const file of filesBelow(baseFolder)) {
    hash.update(`\0${file}\0`).update(readFileSync(join(baseFolder, file)))
  }
  if (image !== 'usual')
    hash.update(JSON.stringify(additions[image].packages)).update(readFileSync(additions[image].script))
  return hash.digest('hex').slice(0, 12)
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted()
}
