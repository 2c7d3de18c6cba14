/** Reads an observation file without a database: what is good in it, ready to compute, and what is wrong with it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ObservedPeriod } from '@gep/accounting';
import {
  checkFile,
  chunkDigest,
  observationDigest,
  vocabularyOf,
  type CheckOutcome,
  type ObservationFile,
} from '@gep/observation';
import type { NormEdition } from '@gep/rulebook';
import { parentOfCode } from '@gep/territory';
import { ObservationsUnreadable } from './errors';
import { fileFailure } from './terminal/failure';

/** @throws ObservationsUnreadable */
export async function readObservations(file: string): Promise<ObservationFile> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new ObservationsUnreadable(file, fileFailure(error));
  });
  return { bytes, fileName: path.basename(file) };
}

/** The files of one import. @throws ObservationsUnreadable, FileTooLarge, FileUnreadable */
export async function checkObservationFiles(norm: NormEdition, files: readonly string[]): Promise<CheckOutcome> {
  return checkFile(await Promise.all(files.map(readObservations)), vocabularyOf(norm));
}

/** What is good in the file, by territory and period; places follow from the codes themselves. */
export function observedPeriods(outcome: CheckOutcome): ObservedPeriod[] {
  return outcome.accepted.map(({ territory, period, chunk, statistics, refusedRows }) => ({
    territory,
    period,
    places: placesOf(territory),
    chunks: [chunk],
    statistics,
    digest: observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows }),
    refusedRows,
  }));
}

function placesOf(territory: string): string[] {
  const places = [territory];
  for (let parent = parentOfCode(territory); parent; parent = parentOfCode(parent)) places.push(parent);
  return places;
}
