// What one tab knows of itself. Two tabs of a browser share cookies, but not sessionStorage: that is how two tabs are two people.
const key = 'calls-sample-tab';

/** @typedef {{ user?: string, name?: string, device?: string }} Tab */

/** Reads this tab; `signedIn` is who the page's address signed in, if it did. @param {Tab | null} signedIn @returns {Promise<Tab>} */
export async function load(signedIn) {
  const tab = read();
  if (signedIn) {
    tab.user = signedIn.user;
    tab.name = signedIn.name;
  }
  // A duplicated tab brings a copy of the storage along; the lock tells that the device id is taken.
  if (!tab.device || !(await claim(tab.device))) {
    tab.device = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
    await claim(tab.device);
  }
  write(tab);
  return tab;
}

/** Signs this tab in. @param {string} name @returns {Promise<Tab & { problem?: string }>} */
export async function signIn(name) {
  try {
    const response = await fetch('sign-in', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name }),
    });
    const body = await response.json();
    if (!response.ok)
      return { problem: body.detail ?? 'The server did not take that name.' };
    const tab = { ...read(), user: body.user, name: body.name };
    write(tab);
    return tab;
  } catch {
    return { problem: 'The server cannot be reached. Is it running?' };
  }
}

/** Signs this tab out and starts it anew. @param {boolean} tellServer */
export async function signOut(tellServer) {
  const tab = read();
  write({ device: tab.device });
  if (tellServer && tab.user)
    await fetch(`sign-out?user=${encodeURIComponent(tab.user)}`, { method: 'POST' }).catch(() => {});
  const address = new URL(location.href);
  address.searchParams.delete('user');
  location.replace(address);
}

/** @returns {Tab} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {Tab} tab */
const write = tab => sessionStorage.setItem(key, JSON.stringify(tab));

/** Holds a device id for this tab's life; waits a moment, because a page that reloads lets go of it late. @param {string} device */
function claim(device) {
  if (!navigator.locks)
    return Promise.resolve(true);
  return new Promise(resolve => {
    navigator.locks.request(`${key}-${device}`, { signal: AbortSignal.timeout(1000) }, () => {
      resolve(true);
      return new Promise(() => {});
    }).catch(() => resolve(false));
  });
}
