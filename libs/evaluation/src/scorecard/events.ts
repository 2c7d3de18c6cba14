/** What scorecards announce. */

/** `{requestId}`: a run was asked for and is to be computed. */
export const scoringRequested = 'evaluation.scoring-requested';
/** `{deliveryId, scorecard, period, department}`: it waits to be verified. */
export const scoreFiguresSupplied = 'evaluation.score-figures-supplied';
/** `{runId, scorecard, period, version, territoryPath}`, as the two below. */
export const scoresComputed = 'evaluation.scores-computed';
export const scoresNotified = 'evaluation.scores-notified';
export const scoresFinal = 'evaluation.scores-final';
