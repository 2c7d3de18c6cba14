/** Lines of the matrix: scores by scorecards, and the register of incidents. */
import { createHash, randomUUID } from 'node:crypto';
import { incidentOf } from '../scores-of-county';
import { absent, keyed, noEdition, period, type Line } from './matrix-line';

const [cards, incidents] = ['evaluation/scorecards', '/api/v1/evaluation/incidents'];
const ofCounty = ({ territory }: { readonly territory: string }): string => `place=${territory}&period=${period}`;
const document = { document: 'made up', documentDigest: noEdition };

export const scoreLines: Readonly<Record<string, Line>> = {
  // Nothing is scored there: that a county sees its own rows alone is shown by test/services/scorecard.spec.ts.
  listScoreDeliveries: { shows: 'public', path: (things) => `/api/v1/${cards}/deliveries?${ofCounty(things)}` },
  listScoreRuns: { shows: 'public', path: ({ territory }) => `/api/v1/${cards}/runs?place=${territory}` },
  listScores: { shows: 'public', path: ({ territory }) => `/api/v1/${cards}/scores?within=${territory}` },
  // No scorecard is in force there, for anybody.
  getScoreCompleteness: absent(`${cards}/completeness?place=520523&period=${period}`),
  supplyScoreFigures: absent(`${cards}/deliveries`, {
    ...{
      place: '520523',
      period,
      department: 'water',
      supplier: '520523',
      rows: [{ unit: 'A', water: 1 }],
      ...document,
    },
  }),
  computeScores: absent(`${cards}/runs`, { place: '520523', period }),
  requestScores: absent(`${cards}/requests`, { place: '520523', period }),
  judgeScoreDelivery: absent(`${cards}/deliveries/${randomUUID()}/acts`, { act: 'verify' }),
  getScoreRun: absent(`${cards}/runs/${randomUUID()}`),
  explainScore: absent(`${cards}/runs/${randomUUID()}/units/520523`),
  replayScores: absent(`${cards}/runs/${randomUUID()}/replay`),
  actOnScores: absent(`${cards}/runs/${randomUUID()}/acts`, { act: 'verify' }),
  rescore: absent(`${cards}/runs/${randomUUID()}/versions`, { reason: '试过 tried' }),
  getScoreRequest: absent(`${cards}/requests/${randomUUID()}`),
  listIncidents: { shows: 'own-list', path: ({ territory }) => `${incidents}?within=${territory}` },
  getIncident: { shows: 'own', path: ({ incident }) => `${incidents}/${incident}` },
  recordIncident: {
    shows: 'deed',
    path: () => incidents,
    call: ({ territory }) => keyed(incidentOf(territory, createHash('sha256').update(randomUUID()).digest('hex'))),
    status: 201,
  },
  // It was rejected, which whoever may see it is told.
  actOnIncident: {
    shows: 'own',
    path: ({ incident }) => `${incidents}/${incident}/acts`,
    call: () => keyed({ act: 'confirm' }),
    status: 409,
  },
};
