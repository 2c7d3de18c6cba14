/** Joins a data sheet with what stands, from chunks as they are stored: in this form the work can be given to a thread. */
import { decodeChunk } from '../chunk/chunk-codec';
import { contentOf, type Delivery, type WholeUpload } from './delivery';
import { joinDelivery, type JoinedPeriod, type Standing, type StoredPiece } from './join-delivery';

/** A delivery with its rows and daily values as an Arrow IPC stream. */
export interface StoredDelivery extends Omit<Delivery, 'chunk' | 'series'> {
  readonly bytes: Uint8Array;
}

/** What stands, as it is stored. */
export interface StoredStanding extends Omit<Standing, 'whole' | 'deliveries'> {
  readonly whole: (Omit<WholeUpload, 'chunk'> & { readonly stored: StoredPiece; readonly bytes: Uint8Array }) | null;
  readonly deliveries: readonly (StoredDelivery & { readonly id: string })[];
}

export interface JoinTask {
  readonly standing: StoredStanding | undefined;
  /** Code of the sheet that has come in, or is taken back where nothing has arrived. */
  readonly dataSheet: string;
  readonly arrived: StoredDelivery | null;
  /** Units of attributes, for the sentences about overlaps. */
  readonly units: ReadonlyMap<string, string>;
}

/** @throws BrokenInvariant for bytes that are no chunk */
export function joinStored({ standing, dataSheet, arrived, units }: JoinTask): JoinedPeriod {
  return joinDelivery(standing && opened(standing), dataSheet, arrived && openedDelivery(arrived), units);
}

function opened({ whole, deliveries, ...standing }: StoredStanding): Standing {
  return {
    ...standing,
    whole: whole && { ...whole, chunk: decodeChunk(whole.bytes) },
    deliveries: deliveries.map((one) => ({ ...openedDelivery(one), id: one.id })),
  };
}

function openedDelivery({ bytes, ...delivery }: StoredDelivery): Delivery {
  return { ...delivery, ...contentOf(decodeChunk(bytes)) };
}
