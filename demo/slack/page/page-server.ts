import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { isObject, objectAt, parseJson, textAt } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { listen, shut } from '../listen.ts'
import type { Done, Person } from '../person.ts'
import { readText } from '../request-body.ts'
import type { Views } from '../views.ts'
import type { Workspace } from '../workspace.ts'
import { loadAssets } from './assets.ts'
import { type Asked, bannerHtml, pageView } from './view.ts'

/** A command or mention that the composer offers. */
export interface Hint {
  readonly text: string
  readonly about: string
}

export interface PageOptions {
  readonly port?: number
  /** mrkdwn, one or two sentences: what is recorded, what is live, how to point it at an own server. */
  readonly banner?: string
  readonly hints?: readonly Hint[]
}

export interface Page {
  /** "http://127.0.0.1:4002/" */
  readonly url: string
  close(): Promise<void>
}

/** Nothing from outside; styles of single elements come from the charts of slack-blocks-to-jsx. */
const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Serves the page on loopback. It acts for whoever the browser says: this is a stage and not a guarded service. */
export async function startPage(
  workspace: Workspace,
  views: Pick<Views, 'modal'>,
  person: Person,
  options: PageOptions,
): Promise<Page> {
  const assets = loadAssets()
  const streams = new Set<ServerResponse>()
  const stop = workspace.onChange(() => {
    for (const open of streams) open.write('data: changed\n\n')
  })
  let address = ''

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://page')
    if (!isOwn(request, address)) return void response.writeHead(403).end('only the page itself may ask')
    if (request.method === 'POST') return act(url.pathname, request, response)
    if (url.pathname === '/events') return stream(response)
    if (url.pathname === '/setting') return json(response, setting())
    if (url.pathname === '/view') return json(response, pageView(workspace, views, askedFor(url.searchParams)))
    if (url.pathname.startsWith('/file/')) return file(url.pathname.slice('/file/'.length), response)
    const asset = assets.get(url.pathname)
    const headers = {
      'content-security-policy': contentPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    }
    if (!asset) return void response.writeHead(404, headers).end('not found')
    response.writeHead(200, { ...headers, 'content-type': asset.type }).end(asset.body)
  }

  /** As text and nothing else, whatever somebody put into it. */
  function file(id: string, response: ServerResponse): void {
    const found = workspace.file(id)
    const headers = {
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
    }
    response.writeHead(found ? 200 : 404, headers).end(found?.bytes ?? 'not found')
  }

  function setting(): JsonObject {
    const banner = options.banner ? bannerHtml(workspace, options.banner) : ''
    return { banner, hints: (options.hints ?? []).map(({ text, about }) => ({ text, about })) }
  }

  function stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write('retry: 500\n\n')
    streams.add(response)
    response.on('close', () => streams.delete(response))
  }

  async function act(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parseJson(await readText(request))
    if (!isObject(body)) return void response.writeHead(400).end('JSON expected')
    const done = await perform(path, body)
    json(response, { outcome: done.outcome, ...('reason' in done ? { reason: done.reason } : {}) })
  }

  function perform(path: string, body: JsonObject): Promise<Done> {
    const user = textAt(body, 'user')
    const channel = textAt(body, 'channel')
    if (path === '/do/type') {
      const threadTs = textAt(body, 'thread')
      return person.type(user, channel, textAt(body, 'text'), threadTs ? { threadTs } : {})
    }
    if (path === '/do/submit') return person.submit(user, objectAt(body, 'values'))
    if (path === '/do/close') return person.closeModal(user)
    const message = workspace.message(channel, textAt(body, 'ts'))
    if (path === '/do/shortcut' && message) return person.messageShortcut(user, message, textAt(body, 'shortcut'))
    if (path === '/do/press' && message)
      return person.press(user, message, textAt(body, 'action'), { blockId: textAt(body, 'block') })
    return Promise.resolve({ outcome: 'refused', reason: 'the message is gone' })
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      // Shown to the person at the page, who is also the one who runs the demo.
      if (!response.headersSent) response.writeHead(500)
      response.end(error instanceof Error ? error.message : 'the page failed')
    })
  })
  address = await listen(server, options.port ?? 0)

  return {
    url: `http://${address}/`,
    async close() {
      stop()
      await shut(server)
    },
  }
}

/** Another site in the same browser must neither read the page nor press its buttons. */
function isOwn(request: IncomingMessage, address: string): boolean {
  const port = address.split(':').at(-1) ?? ''
  const hosts = [address, `localhost:${port}`]
  const origin = request.headers.origin
  const ownHost = hosts.includes(request.headers.host ?? '')
  if (!ownHost || (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))) return false
  return request.method !== 'POST' || (request.headers['content-type'] ?? '').startsWith('application/json')
}

function json(response: ServerResponse, value: unknown): void {
  response
    .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(value))
}

function askedFor(query: URLSearchParams): Asked {
  return {
    user: query.get('user') ?? '',
    channel: query.get('channel') ?? '',
    thread: query.get('thread') ?? '',
    theme: query.get('theme') === 'dark' ? 'dark' : 'light',
  }
}
