// The floor: Node's own server with a contact in memory. No database, no authentication, no checks.
import { createServer } from 'node:http'

const contact = JSON.parse(process.env.CONTACT ?? '{}')
const server = createServer((_, reply) => {
  const text = JSON.stringify({ contact })
  reply.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) })
  reply.end(text)
})
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`))
