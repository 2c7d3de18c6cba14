/** Reads an observation file without a database: what is good in it, ready to compute, and what is wrong with it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ObservedPeriod } from '@gep/accounting';
import { checkFile, chunkDigest, observationDigest, vocabularyOf, type CheckOutcome } from '@gep/observation';
import type { NormEdition } from '@gep/rulebook';
import { parentOfCode } from '@gep/territory';
import { ObservationsUnreadable } from './errors';

/** @throws ObservationsUnreadable */
export async function readObservations(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: Error) => {
    throw new ObservationsUnreadable(file, error.message);
  });
}

/** @throws ObservationsUnreadable, FileTooLarge, FileUnreadable */
export async function checkObservationFile(norm: NormEdition, file: string): Promise<CheckOutcome> {
  return checkFile({ bytes: await readObservations(file), fileName: path.basename(file) }, vocabularyOf(norm));
}

/** What is good in the file, by territory and period; places follow from the codes themselves. */
export function observedPeriods(outcome: CheckOutcome): ObservedPeriod[] {
  return outcome.accepted.map(({ territory, period, chunk, statistics }) => ({
    territory,
    period,
    places: placesOf(territory),
    chunks: [chunk],
    statistics,
    digest: observationDigest({ chunks: [chunkDigest(chunk)], statistics }),
  }));
}

function placesOf(territory: string): string[] {
  const places = [territory];
  for (let parent = parentOfCode(territory); parent; parent = parentOfCode(parent)) places.push(parent);
  return places;
}
