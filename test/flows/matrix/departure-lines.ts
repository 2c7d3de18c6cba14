/** Lines of the matrix: audits of departing office holders, and hints of integrity. */
import { randomUUID } from 'node:crypto';
import { keyed, noEdition, norm, period, type Line } from './matrix-line';

const paper = { documentTitle: 'made up', documentDigest: noEdition };

export const departureLines: Readonly<Record<string, Line>> = {
  listDepartures: { shows: 'own-list', path: () => '/api/v1/evaluation/departures' },
  listTermSnapshots: { shows: 'own-list', path: () => '/api/v1/evaluation/term-snapshots' },
  getDeparture: { shows: 'own', path: ({ departure }) => `/api/v1/evaluation/departures/${departure}` },
  getIntegrityHints: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/evaluation/integrity/${territory}/${period}?norm=${norm}`,
  },
  // It was never planned, so that there is nothing to compare.
  getTermPack: {
    shows: 'own',
    path: ({ departure }) => `/api/v1/evaluation/departures/${departure}/pack`,
    status: 409,
  },
  // The end of the county's term is frozen already.
  freezeTerm: {
    shows: 'deed',
    path: () => '/api/v1/evaluation/term-snapshots',
    call: ({ territory }) => keyed({ territory, norm, end: 'departure', day: `${period}-12-31` }),
    status: 409,
  },
  commissionDeparture: {
    shows: 'deed',
    path: () => '/api/v1/evaluation/departures',
    call: ({ territory }) =>
      keyed({
        ...{ territory, code: `d-${randomUUID().slice(0, 8)}`, office: '县长', holder: 'H-2', norm },
        ...{ appointedOn: '2020-01-01', departedOn: '2024-12-31' },
        ...{ commissionedBy: '组织部', commissionDigest: noEdition },
      }),
    status: 201,
  },
  // The commission was withdrawn, which whoever may see it is told.
  ...Object.fromEntries(
    Object.entries({
      planDeparture: ['plan', { appointmentSnapshot: randomUUID(), departureSnapshot: randomUUID() }],
      declareCause: ['attributions', { effect: 'area', human: '1', reason: '试过 tried', ...paper }],
      recordOfDeparture: ['records', { kind: 'comment', notedOn: '2025-01-02', statement: '试过 tried' }],
      sendDepartureReport: ['report', { verdict: { level: 'fair', reason: '试过 tried', findings: [] } }],
      issueDepartureReport: ['issue', {}],
      actOnDeparture: ['acts', { act: 'begin' }],
    } as const).map(([operation, [part, body]]): [string, Line] => [
      operation,
      {
        shows: 'own',
        path: ({ departure }) => `/api/v1/evaluation/departures/${departure}/${part}`,
        call: () => keyed(body),
        status: 409,
      },
    ]),
  ),
};
