// Memory that is kept from one password hash to the next.
#pragma once

// From here to hash_memory_end, what the calling thread maps of the system's memory (mmap(2)) is lent from memory that was
// kept, where there is some of that length, and what it unmaps is wiped and kept. Other threads are not concerned. At most
// one mapping at a time is lent to a thread; further ones are the system's.
void hash_memory_begin(void);
void hash_memory_end(void);

// Gives kept memory back to the system that no hash has used since the call before.
void hash_memory_release_unused(void);
