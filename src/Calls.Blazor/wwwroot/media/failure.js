/** What is asked of devices or a session that are closed. */
export class ClosedError extends Error {
  /** @override */
  name = 'ClosedError';

  constructor() {
    super('It was closed.');
  }
}

/** The browser gives devices to secure contexts only: HTTPS, or localhost. */
export class InsecureOriginError extends Error {
  /** @override */
  name = 'InsecureOriginError';

  constructor() {
    super('The page is neither HTTPS nor localhost, so the browser gives no devices.');
  }
}

/** A device that is not there. */
export class NotFoundError extends Error {
  /** @override */
  name = 'NotFoundError';
}

/** A function that this browser does not have. */
export class NotSupportedError extends Error {
  /** @override */
  name = 'NotSupportedError';
}

/**
 * @param {unknown} error
 * @returns {{ name: string, message: string }}
 */
export function failure(error) {
  if (error instanceof Error || error instanceof DOMException) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}
