/** Reads an Arrow IPC stream of one record batch of plain columns, as chunks are: where each column lies in the bytes. */
import { assert, BrokenInvariant } from '@gep/kernel';
import { FlatTable } from './flat-table';

export type ColumnKind = 'uint16' | 'int32' | 'float64' | 'text';

/** Bytes `from`..`to` of the stream. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export interface StreamColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The values; of texts their bytes. At a multiple of eight, and long enough for all rows. */
  readonly values: ByteRange;
  /** Of texts, where each begins and the last ends: rows + 1 numbers of 32 bits. */
  readonly offsets?: ByteRange;
}

export interface StreamContent {
  readonly rows: number;
  readonly columns: readonly StreamColumn[];
  readonly facts: ReadonlyMap<string, string>;
}

// Numbers of Arrow's Message.fbs and Schema.fbs.
const message = { version: 0, kind: 1, header: 2, bodyLength: 3 };
const schema = { endianness: 0, fields: 1, facts: 2 };
const field = { name: 0, kind: 2, type: 3, dictionary: 4 };
const fact = { key: 0, value: 1 };
const batch = { rows: 0, nodes: 1, buffers: 2, compression: 3 };
const kinds = { schema: 1, batch: 3, int: 2, floatingPoint: 3, text: 5 };
const fifthVersion = 4;
const doublePrecision = 2;

const widths: Readonly<Record<ColumnKind, number>> = { uint16: 2, int32: 4, float64: 8, text: 4 };

interface Message {
  readonly kind: number;
  readonly header: FlatTable;
  readonly body: ByteRange;
}

/**
 * Where the columns of a chunk lie. Only what chunks are made of is taken: no absent values, dictionaries or compression.
 * @param bytes at a multiple of eight
 * @throws BrokenInvariant for anything else, also for a place outside of the bytes
 */
export function readStream(bytes: Uint8Array): StreamContent {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const first = readMessage(view, 0);
    assert(first?.kind === kinds.schema, 'a chunk that does not begin with a schema');
    const second = readMessage(view, first.body.to);
    assert(second?.kind === kinds.batch, 'a chunk without a batch');
    assert(readMessage(view, second.body.to) === undefined, 'a chunk of more than a single batch');
    return readBatch(second, readFields(first.header), readFacts(first.header));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new BrokenInvariant(`a chunk that is damaged: ${error.message}`);
  }
}

/** The message at a place; undefined at the end of the stream, marked or not. */
function readMessage(view: DataView, at: number): Message | undefined {
  if (at === view.byteLength) return undefined;
  assert(view.getUint32(at, true) === 0xffffffff, `bytes of a chunk that are no Arrow message, at ${at}`);
  const length = view.getUint32(at + 4, true);
  if (length === 0) return undefined;
  const start = at + 8 + length;
  // Numbers are looked for within the message only.
  const table = FlatTable.root(new DataView(view.buffer, view.byteOffset + at + 8, length));
  const body = { from: start, to: start + table.long(message.bodyLength) };
  assert(body.from % 8 === 0 && body.to >= body.from && body.to <= view.byteLength, 'a chunk that is cut off');
  assert(table.short(message.version) === fifthVersion, 'a chunk of another version of Arrow');
  return { kind: table.byte(message.kind), header: table.table(message.header), body };
}

function readFacts(header: FlatTable): Map<string, string> {
  return new Map(header.tables(schema.facts).map((each) => [each.text(fact.key), each.text(fact.value)]));
}

function readFields(header: FlatTable): Pick<StreamColumn, 'name' | 'kind'>[] {
  assert(header.short(schema.endianness) === 0, 'a chunk of a machine with another order of bytes');
  return header.tables(schema.fields).map((each) => {
    const name = each.text(field.name);
    const kind = kindOf(each.byte(field.kind), each.table(field.type));
    assert(kind !== undefined && !each.has(field.dictionary), `column ${name} of a kind that chunks do not have`);
    return { name, kind };
  });
}

function kindOf(kind: number, type: FlatTable): ColumnKind | undefined {
  if (kind === kinds.text) return 'text';
  if (kind === kinds.floatingPoint) return type.short(0) === doublePrecision ? 'float64' : undefined;
  if (kind !== kinds.int) return undefined;
  const [bits, signed] = [type.int(0), type.byte(1) !== 0];
  if (bits === 16 && !signed) return 'uint16';
  return bits === 32 && signed ? 'int32' : undefined;
}

function readBatch(
  { header, body }: Message,
  fields: readonly Pick<StreamColumn, 'name' | 'kind'>[],
  facts: ReadonlyMap<string, string>,
): StreamContent {
  const rows = header.long(batch.rows);
  assert(Number.isSafeInteger(rows) && rows >= 0 && !header.has(batch.compression), 'a chunk that is compressed');
  const nodes = header.pairs(batch.nodes);
  const buffers = header.pairs(batch.buffers);
  const needed = fields.reduce((sum, { kind }) => sum + (kind === 'text' ? 3 : 2), 0);
  assert(nodes.length === fields.length && buffers.length === needed, 'a chunk with columns that have no values');
  assert(
    nodes.every(([length, absent]) => length === rows && absent === 0),
    `a chunk of ${rows} rows with columns of others, or with absent values`,
  );
  let next = 0;
  const take = (name: string, least: number): ByteRange => {
    const [offset, length] = buffers[next++];
    const isWithin = offset >= 0 && offset % 8 === 0 && length >= least && body.from + offset + length <= body.to;
    assert(isWithin, `column ${name} of a chunk that reaches beyond it`);
    return { from: body.from + offset, to: body.from + offset + length };
  };
  const columns = fields.map(({ name, kind }): StreamColumn => {
    // Where values are absent: nowhere, so that it is empty or all ones.
    take(name, 0);
    if (kind !== 'text') return { name, kind, values: take(name, rows * widths[kind]) };
    const offsets = take(name, rows === 0 ? 0 : (rows + 1) * widths.text);
    return { name, kind, offsets, values: take(name, 0) };
  });
  return { rows, columns, facts };
}
