// What a careful person writes first: Node's own server and `pg`, unnamed statements, `select *`, JSON.stringify.
// The same database and the same rows as ours; no authentication, no validation, no log, no event.
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const { LOCATION: location = '' } = process.env
let made = 0

const get = async (id) => {
  const { rows } = await pool.query('select * from contacts where "locationId" = $1 and id = $2', [location, id])
  return { contact: rows[0] }
}

const list = async () => {
  const text = 'select * from contacts where "locationId" = $1 order by "dateAdded" desc, id desc limit 20'
  const { rows } = await pool.query(text, [location])
  return { contacts: rows, count: rows.length }
}

const insert = `insert into contacts ("locationId", id, "firstName", email, dnd, type, tags, "customFields", followers, "additionalEmails",
  "createdBy", "dateAdded", "dateUpdated") values ($1, $2, $3, $4, false, 'lead', '{}', '[]', '{}', '[]', '{}', $5, $5) returning *`

const create = async (request) => {
  let text = ''
  for await (const chunk of request) text += chunk
  const { firstName, email } = JSON.parse(text)
  made += 1
  const { rows } = await pool.query(insert, [location, `bare${String(made).padStart(16, '0')}`, firstName, email, new Date()])
  return { contact: rows[0] }
}

const answer = (request) => {
  if (request.method === 'POST') return create(request)
  const path = request.url.split('?')[0]
  return path === '/contacts/' ? list() : get(path.slice('/contacts/'.length))
}

const server = createServer(async (request, reply) => {
  try {
    const text = JSON.stringify(await answer(request))
    reply.writeHead(request.method === 'POST' ? 201 : 200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    })
    reply.end(text)
  } catch (error) {
    reply.writeHead(500).end(String(error))
  }
})
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`))
