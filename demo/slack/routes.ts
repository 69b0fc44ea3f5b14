import type { IncomingMessage, ServerResponse } from 'node:http'

import { parseArguments, readText, readUpload } from './request-body.ts'
import type { ResponseUrls } from './response-url.ts'
import { SlackError } from './slack-error.ts'
import { answerWebApi } from './web-api.ts'
import type { WebApiOptions } from './web-api.ts'

type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** What the stand-in's port answers: /api/METHOD, the response_urls, and uploads of files. */
export function createRoutes(options: WebApiOptions, responseUrls: ResponseUrls): Listener {
  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://stand-in')
    if (pathname.startsWith('/api/')) return answerWebApi(request, response, pathname.slice('/api/'.length), options)
    if (pathname.startsWith('/response/')) return respond(pathname, request, response)
    if (pathname.startsWith('/upload/')) return upload(pathname.slice('/upload/'.length), request, response)
    response.writeHead(404).end()
  }

  async function respond(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const args = parseArguments('application/json', await readText(request)) ?? {}
    const at = options.context.now()
    try {
      responseUrls.use(path, args)
      options.log({ method: 'response_url', at, args, status: 200 })
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok')
    } catch (error) {
      if (!(error instanceof SlackError)) throw error
      const status = ['used_url', 'expired_url'].includes(error.code) ? 404 : 400
      options.log({ method: 'response_url', at, args, status, error: error.code })
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ok: false, error: error.code, ...error.extra }))
    }
  }

  async function upload(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { uploads } = options.context
    const known = uploads.get(id)
    const bytes = await readUpload(request)
    const fits = known?.length === bytes.length
    if (known && fits) uploads.set(id, { ...known, bytes })
    response.writeHead(known ? (fits ? 200 : 400) : 404).end(fits ? `OK - ${bytes.length}` : '')
  }

  return (request, response) => {
    route(request, response).catch((error: unknown) => {
      // A fault of the stand-in itself must show up as what it is and not as a hanging call.
      if (!response.headersSent) response.writeHead(500)
      response.end(error instanceof Error ? error.message : 'stand-in failed')
    })
  }
}
