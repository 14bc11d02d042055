import { NotFoundError } from './failure.js';
import { watchMicrophone } from './permission.js';

/**
 * @typedef {'microphone' | 'camera' | 'speaker'} DeviceKind
 * @typedef {{ kind: DeviceKind, id: string, label: string }} Device
 * @typedef {{ useDevice(kind: DeviceKind): Promise<void>, fellBack(kind: DeviceKind): void }} User
 */

/** What there is to choose from, and what is chosen: for every call of the page. */
export class Devices {
  /** @type {Map<DeviceKind, string>} */
  #chosen = new Map();
  /** @type {Set<User>} */
  #users = new Set();
  #closing = new AbortController();
  #raise;

  /** @param {(event: import('./event-pump.js').EngineEvent) => void} raise */
  constructor(raise) {
    this.#raise = raise;
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#look(), { signal: this.#closing.signal });
    void watchMicrophone(isAllowed => raise({ kind: 'microphone', isAllowed }), this.#closing.signal);
  }

  /** Null: the system's default. @param {DeviceKind} kind */
  chosen(kind) {
    return this.#chosen.get(kind) ?? null;
  }

  /** The browser's own entries for "default" are left out: nothing chosen means just that. @returns {Promise<Device[]>} */
  async list() {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    return all.flatMap(({ kind, deviceId, label }) => {
      const known = kinds[kind];
      return known && !['', 'default', 'communications'].includes(deviceId) ? [{ kind: known, id: deviceId, label }] : [];
    });
  }

  /** The last wish wins; one that cannot be had leaves what was there. @param {DeviceKind} kind @param {string | null} id */
  async choose(kind, id) {
    if (id !== null && !(await this.list()).some(device => device.kind === kind && device.id === id)) throw new NotFoundError('There is no such device.');
    const before = this.chosen(kind);
    this.#set(kind, id);
    try {
      await Promise.all([...this.#users].map(user => user.useDevice(kind)));
    } catch (error) {
      if (this.chosen(kind) === id) this.#set(kind, before);
      throw error;
    }
    return Object.fromEntries(this.#chosen);
  }

  /** A device ended by itself: whether it was the chosen one, in whose place the default now is. @param {DeviceKind} kind */
  async fallBack(kind) {
    if (!this.#chosen.delete(kind)) return false;
    try {
      await Promise.all([...this.#users].map(user => user.useDevice(kind)));
    } catch {
      return false;
    } finally {
      await this.#tell();
    }
    this.#users.forEach(user => user.fellBack(kind));
    return true;
  }

  /** @param {User} user */
  add(user) {
    this.#users.add(user);
  }

  /** @param {User} user */
  remove(user) {
    this.#users.delete(user);
  }

  close() {
    this.#closing.abort();
    this.#users.clear();
  }

  /** A microphone or camera that goes ends its track, which is heard there; a speaker, or what no call uses now, is seen only in the list. */
  async #look() {
    const there = await this.list();
    for (const [kind, id] of [...this.#chosen]) {
      if (there.some(device => device.kind === kind && device.id === id)) continue;
      if (kind === 'speaker' || this.#users.size === 0) await this.fallBack(kind);
    }
    await this.#tell();
  }

  async #tell() {
    const devices = await this.list();
    if (!this.#closing.signal.aborted) this.#raise({ kind: 'devices', devices, chosen: Object.fromEntries(this.#chosen) });
  }

  /** @param {DeviceKind} kind @param {string | null} id */
  #set(kind, id) {
    if (id === null) this.#chosen.delete(kind);
    else this.#chosen.set(kind, id);
  }
}

/** @type {Partial<Record<MediaDeviceKind, DeviceKind>>} */
const kinds = {
  audioinput: 'microphone',
  videoinput: 'camera',
  ...('setSinkId' in HTMLMediaElement.prototype ? { audiooutput: /** @type {DeviceKind} */ ('speaker') } : {}),
};
