import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

interface Asset {
  readonly type: string
  readonly body: string
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

const own = [
  'index.html',
  'style.css',
  'messages.css',
  'app.js',
  'address.js',
  'compose.js',
  'confirm.js',
  'dates.js',
  'dom.js',
  'list.js',
  'modal.js',
  'phone.js',
  'sidebar.js',
  'icon.svg',
]

/** The page's files by path. All are read once; nothing else on the disk can be asked for. */
export function loadAssets(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>()
  for (const name of own) {
    const body = readFileSync(new URL(`client/${name}`, import.meta.url), 'utf8')
    assets.set(name === 'index.html' ? '/' : `/${name}`, {
      type: types[name.split('.').at(-1) ?? ''] ?? 'text/plain',
      body,
    })
  }
  const library = createRequire(import.meta.url).resolve('slack-blocks-to-jsx/dist/style.css')
  // One element per block would carry the same id, so its rules are made to hold for the class.
  const body = readFileSync(library, 'utf8').replaceAll('#slack_blocks_to_jsx', '.slack_blocks_to_jsx')
  assets.set('/library.css', { type: 'text/css; charset=utf-8', body })
  return assets
}
