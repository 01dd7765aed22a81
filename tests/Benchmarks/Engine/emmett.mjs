// Appends with Emmett: each writer to a stream of its own, at the version it knows.
// A line "WRITERS SECONDS EVENTS" starts a slice; the answer is "EVENTS SECONDS CPU_MICROSECONDS".
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';

const connection = process.env.BENCH_DATABASE;
const pool = new pg.Pool({ connectionString: connection, max: 40 });
const store = getPostgreSQLEventStore(connection, { connectionOptions: { pool } });
const event = {
  type: process.env.BENCH_TYPE,
  data: JSON.parse(process.env.BENCH_DATA),
  metadata: JSON.parse(process.env.BENCH_METADATA),
};

await store.schema.migrate();
console.log('ready');

for await (const line of createInterface({ input: process.stdin })) {
  const [writers, seconds, count] = line.split(' ').map(Number);
  const before = process.cpuUsage();
  const started = performance.now();
  const end = started + seconds * 1000;
  let appended = 0;
  await Promise.all(Array.from({ length: writers }, async () => {
    const stream = `touchpoints-${randomUUID()}`;
    let expected = 'STREAM_DOES_NOT_EXIST';
    while (performance.now() < end) {
      const result = await store.appendToStream(stream, Array.from({ length: count }, () => event), { expectedStreamVersion: expected });
      expected = result.nextExpectedStreamVersion;
      appended += count;
    }
  }));
  const used = process.cpuUsage(before);
  console.log(`${appended} ${(performance.now() - started) / 1000} ${used.user + used.system}`);
}

await store.close();
await pool.end();
