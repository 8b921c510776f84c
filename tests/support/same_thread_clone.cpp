// QProcess starts a program with clone(CLONE_VM | CLONE_VFORK): the child borrows our memory and
// our thread until it becomes the program. ThreadSanitizer takes it for a fork, and from then on
// believes of *this* process that it may start no thread. So Qt gets glibc's clone, past its
// interceptor. Only linked into the preset tsan.
#include <sched.h>

#include <cstdarg>

extern "C" {
int __clone(int (*function)(void *), void *stack, int flags, void *argument, ...); // glibc: clone

int clone(int (*function)(void *), void *stack, int flags, void *argument, ...)
{
    va_list rest;
    va_start(rest, argument);
    void *parentThread = va_arg(rest, void *);
    void *threadStorage = va_arg(rest, void *);
    void *childThread = va_arg(rest, void *);
    va_end(rest);
    return __clone(function, stack, flags, argument, parentThread, threadStorage, childThread);
}
}
